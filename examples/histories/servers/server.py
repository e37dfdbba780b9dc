"""A small web service: builds answers, keeps the last ones in a bounded cache. Usage: python3 server.py PORT"""
import collections
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CACHE = collections.OrderedDict()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answer = CACHE.get(self.path)
        if answer is None:
            rows = [{"key": self.path, "row": i, "value": i * 31 % 1009} for i in range(2000)]
            answer = json.dumps(rows).encode()
            CACHE[self.path] = answer
            while len(CACHE) > 200:
                CACHE.popitem(last=False)
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
