// Proof of reach: tells the server that the removals up to a seq are on this screen. At most once a second, spread over
// that second, as a removal reaches a thousand screens in the same moment; and once more on every new connection, as
// the frame before it may have been lost.

import type { LiveEnvironment } from "./live_environment.ts";

const every = 1_000;

export class AppliedReport {
  readonly #environment: LiveEnvironment;
  readonly #send: (seq: number) => boolean;
  #seq: number | null = null;
  #timer: number | null = null;
  #lastSent = Number.NEGATIVE_INFINITY;

  // `send` says whether there was a connection to send on.
  constructor(environment: LiveEnvironment, send: (seq: number) => boolean) {
    this.#environment = environment;
    this.#send = send;
  }

  // The screen shows everything up to this seq, a removal among it.
  removed(seq: number): void {
    this.#seq = seq;
    this.#schedule();
  }

  // The channel is followed anew.
  followed(): void {
    if (this.#seq !== null) this.#schedule();
  }

  stop(): void {
    if (this.#timer !== null) this.#environment.clearTimer(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    if (this.#timer !== null) return;
    const rest = this.#lastSent + every - this.#environment.now();
    const delay = Math.max(rest, this.#environment.random() * every);
    this.#timer = this.#environment.setTimer(delay, () => {
      this.#timer = null;
      // Without a connection it waits for the next one.
      if (this.#seq !== null && this.#send(this.#seq)) this.#lastSent = this.#environment.now();
    });
  }
}
