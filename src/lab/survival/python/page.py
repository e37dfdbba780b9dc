"""A small application of Flask: one page from a template. It holds nothing of its own."""
import os

from flask import Flask, render_template_string

application = Flask(__name__)

PAGE = """{{ pid }} 0
<ul>{% for item in items %}<li>{{ item.name }}: {{ item.price }}</li>{% endfor %}</ul>"""


@application.route("/")
def page():
    items = [{"name": "item %d" % i, "price": i * 3} for i in range(200)]
    return render_template_string(PAGE, pid=os.getpid(), items=items)
