// Tells the connection when the page is put away and when it comes back. A page in the back-forward cache must not
// hold a socket: it would be dead on return, and some browsers would not keep the page at all.

import type { LiveConnection } from "./live_connection.ts";

export class PageLife {
  readonly #connection: LiveConnection;

  constructor(connection: LiveConnection) {
    this.#connection = connection;
  }

  start(): void {
    window.addEventListener("online", this.#wake);
    window.addEventListener("pageshow", this.#shown);
    window.addEventListener("pagehide", this.#hidden);
    document.addEventListener("visibilitychange", this.#seen);
  }

  stop(): void {
    window.removeEventListener("online", this.#wake);
    window.removeEventListener("pageshow", this.#shown);
    window.removeEventListener("pagehide", this.#hidden);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  readonly #wake = (): void => this.#connection.wake();
  readonly #hidden = (): void => this.#connection.stop();
  readonly #shown = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#connection.start();
  };
  readonly #seen = (): void => {
    if (!document.hidden) this.#connection.wake();
  };
}
