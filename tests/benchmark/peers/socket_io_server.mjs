// Socket.IO with its Redis adapter, rooms as topics, published by POST /pub/TOPIC.
// node socket_io_server.mjs PORT REDIS_PORT
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const publisher = createClient({ url: `redis://127.0.0.1:${process.argv[3]}` });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    sockets.to(request.url.slice("/pub/".length)).emit("message", Buffer.concat(chunks).toString());
    response.writeHead(201, { "Content-Length": 0 }).end();
  });
});
const sockets = new Server(server, {
  adapter: createAdapter(publisher, subscriber),
  transports: ["websocket"],
  perMessageDeflate: false,
});
sockets.on("connection", (socket) => socket.join(socket.handshake.query.topic));
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
