"""Who calls: the name of the logged-in user, and the visit of nobody else, for functions that a server calls.

Takes what Gradio or an MCP server hands to a function that asks for the request; gives a name, or ``None`` without
accounts.
"""

from __future__ import annotations

import functools
import inspect
import json
import logging
from typing import TYPE_CHECKING, Any, get_type_hints

import gradio as gr

from ui.page import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_LINE = 1200  # characters

questions = logging.getLogger("hoidap.questions")


def user_of(request: gr.Request | None) -> str | None:
    """Who made the request of a Gradio event; ``None`` where there are no accounts.

    An event function gets the request as a parameter with the type ``gr.Request``.
    """
    return request.username if request is not None else None


def log_question(question: object, *, user: str | None) -> None:
    """Write a question to the log where that was asked for (``--log-questions``), on one line whatever it holds."""
    if questions.isEnabledFor(logging.INFO):
        text = json.dumps(question, ensure_ascii=False)
        shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
        questions.info("%s asks %s", user or "somebody", shown[:_LONGEST_LINE])


def logged(
    function: Callable[..., Any], *, request_type: type, user: Callable[[Any], str | None]
) -> Callable[..., Any]:
    """A named endpoint that writes who asks what to the log.

    The server fills in the first parameter, since that has the type of its requests; callers do not see it.

    :param request_type: of the requests of the server that calls.
    :param user: a request of that type → the user's name.
    """

    @functools.wraps(function)
    def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
        question = args[0] if args else kwargs.get("question")
        if question is not None:
            log_question(question, user=user(request))
        return function(*args, **kwargs)

    signature = inspect.signature(function)
    caller = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=request_type)
    hints = get_type_hints(function)
    own = [parameter.replace(annotation=hints[name]) for name, parameter in signature.parameters.items()]
    wrapper.__dict__["__signature__"] = signature.replace(
        parameters=[caller, *own], return_annotation=hints["return"]
    )
    wrapper.__annotations__ = {"request": request_type, **hints}
    return wrapper


def own_visit(visit: Visit, request: gr.Request) -> Visit:
    """The visit where it is of whoever makes the request; a new one where it is of somebody else."""
    owner = user_of(request) or ""
    return visit if visit.owner == owner else Visit(owner=owner, language=visit.language)


def owned(function: Callable[..., Any]) -> Callable[..., Any]:
    """An event function of a visit, called with none but the caller's own.

    Gradio fills in the request, the last parameter, by its type.
    """

    @functools.wraps(function)
    def wrapper(*arguments: Any) -> Any:
        visit, *values, request = arguments
        return function(own_visit(visit, request), *values)

    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    caller = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    own = [parameter.replace(annotation=hints[parameter.name]) for parameter in parameters]
    wrapper.__dict__["__signature__"] = inspect.Signature([*own, caller])
    wrapper.__annotations__ = {**hints, "request": gr.Request}
    return wrapper
