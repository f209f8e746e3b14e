// ws: one process, topics in a map, published by POST /pub/TOPIC. node ws_server.mjs PORT
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const topics = new Map();
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    for (const socket of topics.get(request.url.slice("/pub/".length)) ?? []) socket.send(text);
    response.writeHead(201, { "Content-Length": 0 }).end();
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on("connection", (socket, request) => {
  const topic = request.url.slice("/sub/".length);
  if (!topics.has(topic)) topics.set(topic, new Set());
  topics.get(topic).add(socket);
  socket.on("close", () => topics.get(topic).delete(socket));
});
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
