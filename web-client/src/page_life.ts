// Tells the connection and the page when it is put away and when it comes back. A page in the back-forward cache must
// not hold a socket: it would be dead on return, and some browsers would not keep the page at all.

import type { LiveConnection } from "./live_connection.ts";
import { ConnectionState } from "./live_connection.ts";

export interface PutAside {
  // The browser keeps the page as it is, for a return.
  putAway(): void;
  // The page is seen again and may show what is no longer so.
  returned(): void;
}

export class PageLife {
  readonly #connection: LiveConnection;
  readonly #page: PutAside;

  constructor(connection: LiveConnection, page: PutAside) {
    this.#connection = connection;
    this.#page = page;
  }

  start(): void {
    window.addEventListener("offline", this.#lost);
    window.addEventListener("online", this.#wake);
    window.addEventListener("pageshow", this.#shown);
    window.addEventListener("pagehide", this.#hidden);
    document.addEventListener("visibilitychange", this.#seen);
  }

  stop(): void {
    window.removeEventListener("offline", this.#lost);
    window.removeEventListener("online", this.#wake);
    window.removeEventListener("pageshow", this.#shown);
    window.removeEventListener("pagehide", this.#hidden);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  readonly #wake = (): void => this.#connection.wake();
  readonly #lost = (): void => this.#connection.networkLost();
  readonly #hidden = (event: PageTransitionEvent): void => {
    this.#connection.stop();
    if (event.persisted) this.#page.putAway();
  };
  readonly #shown = (event: PageTransitionEvent): void => {
    if (!event.persisted) return;
    this.#connection.start();
    this.#page.returned();
  };
  readonly #seen = (): void => {
    if (document.hidden) return;
    this.#connection.wake();
    if (this.#connection.state !== ConnectionState.live) this.#page.returned();
  };
}
