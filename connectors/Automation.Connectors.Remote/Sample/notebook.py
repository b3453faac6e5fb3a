"""A connector in another process and another language: it writes messages into a file.

The engine posts JSON to /send, /query, /health and /callback; see docs/connectors.md. Only the standard library is needed:
python3 notebook.py 7080
"""

import base64
import hmac
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

writing = Lock()
written = set()


def send(asked):
    results = []
    with writing, open(asked["account"]["configuration"]["file"], "a", encoding="utf-8") as notebook:
        for message in asked["messages"]:
            # The same id twice is one message: that is what "by_message_id" in the manifest promises.
            if message["id"] not in written:
                notebook.write(json.dumps({"to": message["to"]["value"], "text": message["content"]["text"]}, ensure_ascii=False) + "\n")
                written.add(message["id"])
            results.append({"id": message["id"], "outcome": "accepted", "vendor_message_id": message["id"]})
    return {"results": results}


def query(asked):
    return {
        "results": [
            {"id": one["id"], "outcome": "accepted", "vendor_message_id": one["id"]}
            if one["id"] in written
            else {"id": one["id"], "outcome": "failed", "reason": "retry_later", "text": "Expected the message in the notebook, but it is not there."}
            for one in asked["queries"]
        ]
    }


def health(asked):
    return {"healthy": True, "code": "ok", "text": "The notebook is open."}


def callback(asked):
    proof = asked["query"].get("password", "")
    if not hmac.compare_digest(proof.encode(), asked["account"]["secrets"]["password"].encode()):
        return {"reply": {"status": 401}}
    try:
        read = json.loads(base64.b64decode(asked["body"]))["read"]
        receipts = [{"id": one, "status": "read"} for one in read if isinstance(one, str)]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"reply": {"status": 400}}
    return {"reply": {"status": 200, "body": "thanks"}, "receipts": receipts}


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        work = {"/send": send, "/query": query, "/health": health, "/callback": callback}.get(self.path)
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(work(asked) if work else {}, ensure_ascii=False).encode()
        self.send_response(200 if work else 404)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass  # Addresses would stand in the log.


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 7080), Door)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
