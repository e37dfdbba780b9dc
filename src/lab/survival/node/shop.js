'use strict';
// A shop with all carts in memory behind a real HTTP server, and its own client. Speaks the protocol of README.md.
// Beside the carts, which are small objects and strings in V8's heap, it keeps a fixed cache of thumbnails in Buffers, which
// no flag of V8 bounds: 8 MiB.

const fs = require('fs');
const http = require('http');
const readline = require('readline');

const load = Number(process.argv[2] || 2);
const ITEMS = 8;
const NOTE = 2000;
const carts = new Map();
let held = 0;

const thumbnails = [];
for (let i = 0; i < 128; i++) {
  thumbnails.push(Buffer.alloc(64 * 1024, i));
}

const server = http.createServer((request, response) => {
  const id = request.url.slice(1);
  if (request.method === 'PUT') {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part) => { text += part; });
    request.on('end', () => {
      const cart = JSON.parse(text);
      // Flat copies: what is kept must not hang on the text of the request.
      cart.note = Buffer.from(cart.note, 'latin1').toString('latin1');
      if (!carts.has(id)) {
        held += cart.note.length + ITEMS * 16;
      }
      carts.set(id, cart);
      response.end('{"items":' + cart.items.length + '}');
    });
  } else {
    const cart = carts.get(id);
    if (cart === undefined) {
      response.statusCode = 404;
      response.end();
      return;
    }
    const words = cart.note.split(' ').length;
    const thumbnail = thumbnails[words % thumbnails.length];
    response.setHeader('thumbnail', thumbnail[0]);
    response.end(JSON.stringify({ items: cart.items, words }));
  }
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 * load });

function ask(method, id, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port: server.address().port, host: '127.0.0.1', method, path: '/' + id, agent },
      (response) => {
        let size = 0;
        response.on('data', (part) => { size += part.length; });
        response.on('end', () => (response.statusCode === 200 ? resolve(size) : reject(new Error('status ' + response.statusCode))));
      });
    request.on('error', reject);
    request.end(body);
  });
}

let random = 12345;
function next(bound) {
  random = (Math.imul(random, 1103515245) + 12345) >>> 0;
  return random % bound;
}

function note() {
  const words = [];
  let length = 0;
  while (length < NOTE) {
    const word = next(1 << 30).toString(36);
    words.push(word);
    length += word.length + 1;
  }
  return words.join(' ').slice(0, NOTE);
}

function cart() {
  const items = [];
  for (let i = 0; i < ITEMS; i++) {
    items.push({ sku: next(1 << 30), price: next(10000) });
  }
  return JSON.stringify({ note: note(), items });
}

async function inParallel(count, task) {
  let left = count;
  async function run() {
    while (left > 0) {
      left--;
      await task();
    }
  }
  await Promise.all(Array.from({ length: 8 * load }, run));
}

async function grow(bytes) {
  await inParallel(Math.ceil(bytes / (NOTE + ITEMS * 16)), () => ask('PUT', carts.size + '-' + next(1 << 30), cart()));
}

async function usual() {
  const ids = carts.size === 0 ? [] : Array.from(carts.keys()).slice(-4096);
  await inParallel(ids.length === 0 ? 0 : 100 * load, () => ask('GET', ids[next(ids.length)]));
}

// What the process has beside V8's heap, at its most: resident anonymous memory less what V8 committed.
let beside = 0;
if (process.argv[3] === 'measure') {
  setInterval(() => {
    const anonymous = /^RssAnon:\s+(\d+)/m.exec(fs.readFileSync('/proc/self/status', 'latin1'));
    beside = Math.max(beside, 1024 * Number(anonymous[1]) - process.memoryUsage().heapTotal);
  }, 40).unref();
}

server.listen(0, '127.0.0.1', async () => {
  console.log('lab ready');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [command, size] = line.split(' ');
    if (command === 'stop') {
      if (beside > 0) {
        console.error('profile beside=' + beside);
      }
      process.exit(0);
    }
    if (command === 'grow') {
      await grow(Number(size));
    }
    await usual();
    console.log('lab held ' + held);
  }
  process.exit(0);
});
