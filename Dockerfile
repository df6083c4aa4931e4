# The chat in a container: `docker compose up`, see docs/deployment.md.
FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE THIRD-PARTY-NOTICES.md ./
COPY index index
COPY qa qa
COPY ui ui
# where PyTorch for processors is; the one on PyPI brings three gigabytes for graphics cards
ARG PIP_EXTRA_INDEX_URL
RUN python -m venv /opt/hoidap \
    && /opt/hoidap/bin/pip install --no-cache-dir --constraint constraints.txt ".[mcp,metrics]"

FROM python:3.12-slim-bookworm
COPY --from=build /opt/hoidap /opt/hoidap
RUN groupadd --system --gid 10001 hoidap \
    && useradd --system --no-log-init --uid 10001 --gid hoidap --no-create-home --home-dir /tmp hoidap \
    && install -d -o hoidap -g hoidap -m 700 /state
ENV PATH=/opt/hoidap/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /state
USER 10001:10001
VOLUME /state
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import http.client as h; c = h.HTTPConnection('127.0.0.1', 7860, timeout=3); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["hoidap"]
CMD ["chat", "--host", "0.0.0.0", "--index", "/state", "--auth", "/state/users.json"]
