"""Milvus Lite behind a port, with the import jobs that it lacks: what a cluster does, as far as a client can see.

The client's calls go to Milvus Lite as they are.  Import jobs are taken at the same port, as
``POST /v2/vectordb/jobs/import/create`` and ``…/describe``, and read the files from a folder, the bucket.  They are
written after Milvus's documentation: what a real cluster makes of the files, they cannot tell.
"""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING

from pyarrow.parquet import read_table

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "root:bi-mat"


class Cluster:
    """One that is running.

    :ivar uri: of clients.
    :ivar bucket: what the paths of import jobs begin in.
    :ivar jobs: what was asked for, in order.
    :ivar states: of each job, what it says when asked, one after the other.
    """

    def __init__(self, uri: str, bucket: Path, grpc_port: int) -> None:
        self.uri = uri
        self.bucket = bucket
        self.grpc_port = grpc_port
        self.jobs: list[dict] = []
        self.states: list[list[dict]] = []

    def create(self, asked: dict) -> dict:
        self.jobs.append(asked)
        missing = [path for (path,) in asked["files"] if not (self.bucket / path).is_file()]
        if missing:
            last = {"state": "Failed", "reason": f"stat {missing[0]}: no such file"}
        else:
            for (path,) in asked["files"]:
                self._import(asked["collectionName"], self.bucket / path)
            last = {"state": "Completed"}
        self.states.append([{"state": "Pending"}, {"state": "Importing"}, last])
        return {"jobId": str(len(self.jobs) - 1)}

    def describe(self, asked: dict) -> dict:
        states = self.states[int(asked["jobId"])]
        return states.pop(0) if len(states) > 1 else states[0]

    def _import(self, collection: str, path: Path) -> None:
        from pymilvus import DataType, MilvusClient

        with closing(MilvusClient(f"http://127.0.0.1:{self.grpc_port}")) as client:
            described = client.describe_collection(collection)
            sparse = [
                one["name"] for one in described["fields"] if one["type"] == DataType.SPARSE_FLOAT_VECTOR
            ]
            rows = read_table(path).to_pylist()
            for row in rows:
                for name in sparse:
                    if name in row:
                        row[name] = {int(at): value for at, value in json.loads(row[name]).items()}
            client.insert(collection, rows)


class _Http(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        cluster = self.server.cluster
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            answer = {"code": 1800, "message": "user hasn't authenticated"}
        else:
            answer = {"code": 0, "data": getattr(cluster, self.path.rpartition("/")[2])(asked)}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _EitherWay(BaseRequestHandler):
    """HTTP/2, which is the client's, to Milvus Lite; HTTP/1 here."""

    def handle(self) -> None:
        if self.request.recv(3, socket.MSG_PEEK) != b"PRI":
            _Http(self.request, self.client_address, self.server)
            return
        with socket.create_connection(("127.0.0.1", self.server.cluster.grpc_port)) as behind:
            back = threading.Thread(target=_pump, args=(behind, self.request))
            back.start()
            _pump(self.request, behind)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # either side has gone
        pass


class _Server(ThreadingTCPServer):
    daemon_threads = True
    cluster: Cluster


@contextmanager
def running_cluster(folder: Path):
    """One with its data and its bucket below a folder."""
    from milvus_lite.adapter.grpc.server import start_server_in_thread

    (folder / "bucket").mkdir(parents=True)
    grpc, database, port = start_server_in_thread(str(folder / "data"))
    server = _Server(("127.0.0.1", 0), _EitherWay)
    server.cluster = Cluster(f"http://127.0.0.1:{server.server_address[1]}", folder / "bucket", port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.cluster
    finally:
        grpc.stop(grace=2).wait()
        server.shutdown()
        server.server_close()
        database.close()
