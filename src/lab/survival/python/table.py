"""An application with a table of Python objects in memory, which its requests read: reading counts references and un-shares pages."""
import os

ROWS = 120_000
TABLE = [{"id": i, "name": "row %d" % i, "price": i * 0.5} for i in range(ROWS)]
PAYLOAD = ROWS * 24

cursor = 0


def application(environ, start_response):
    global cursor
    total = 0.0
    for _ in range(4000):
        row = TABLE[cursor % ROWS]
        total += row["price"] + len(row["name"])
        cursor += 7
    body = ("%d %d %f" % (os.getpid(), PAYLOAD, total)).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
