// Stands before some nodes as a load balancer does: one address, a connection goes to the next node that takes it. It
// can be cut like a cable, so that what is open breaks and nothing new gets through; or what is open can go dead without
// a word, as after a change of networks.
import { connect, createServer } from "node:net";

export class Balancer {
  #ports = [];
  #next = 0;
  #open = new Set();
  #cut = false;
  #server = createServer((client) => this.#accept(client));
  address = "";

  async start() {
    await new Promise((resolve, reject) => this.#server.listen(0, "127.0.0.1", resolve).once("error", reject));
    this.address = `http://127.0.0.1:${this.#server.address().port}`;
  }

  // The nodes that connections are given to, in turn.
  serve(ports) {
    this.#ports = ports;
  }

  cut() {
    this.#cut = true;
    for (const socket of this.#open) socket.destroy();
  }

  // Whatever is open stays open and brings nothing any more; new connections are served.
  deaden() {
    for (const socket of this.#open) socket.unpipe().pause();
  }

  mend() {
    this.#cut = false;
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client) {
    this.#keep(client);
    if (this.#cut) {
      client.destroy();
      return;
    }
    this.#next += 1;
    if (this.#ports.length > 0) this.#connect(client, this.#ports.length);
    else client.destroy();
  }

  #connect(client, tries) {
    let connected = false;
    const node = connect(this.#ports[(this.#next + tries) % this.#ports.length], "127.0.0.1");
    this.#keep(node);
    node.once("error", () => {
      if (!connected && tries > 1) this.#connect(client, tries - 1);
      else client.destroy();
    });
    node.once("connect", () => {
      connected = true;
      client.pipe(node);
      node.pipe(client);
      node.once("close", () => client.destroy());
      client.once("close", () => node.destroy());
    });
  }

  #keep(socket) {
    this.#open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => this.#open.delete(socket));
  }
}
