// A small web service: builds answers, keeps the last ones in a bounded cache. Usage: node server.js PORT
const http = require('http');
const cache = new Map();

http
  .createServer((request, response) => {
    const key = request.url;
    let answer = cache.get(key);
    if (!answer) {
      const rows = [];
      for (let i = 0; i < 3000; i++) rows.push({ key, row: i, value: (i * 31) % 1009 });
      answer = JSON.stringify(rows);
      cache.set(key, answer);
      if (cache.size > 200) cache.delete(cache.keys().next().value);
    }
    response.end(answer);
  })
  .listen(Number(process.argv[2]), '127.0.0.1');
