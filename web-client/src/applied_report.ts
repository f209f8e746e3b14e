// Proof of reach: tells the server that the removals up to a seq are on this screen. At most once a second, spread over
// that second, as a removal reaches a thousand screens in the same moment. A report that may have been lost with its
// connection is repeated on the next one; one that surely arrived is not, as it would be counted for another screen.

import type { LiveEnvironment } from "./live_environment.ts";

const every = 1_000;
// A connection that held so long after a report has carried it.
const carriedAfter = 5_000;

// The connection as far as reports need it.
export interface ReportLine {
  // False when there is no connection to send on.
  send(seq: number): boolean;
  connected(): boolean;
}

export class AppliedReport {
  readonly #environment: LiveEnvironment;
  readonly #line: ReportLine;
  // What the server may not know yet.
  #seq: number | null = null;
  #timer: number | null = null;
  #carriedTimer: number | null = null;
  #lastSent = Number.NEGATIVE_INFINITY;

  constructor(environment: LiveEnvironment, line: ReportLine) {
    this.#environment = environment;
    this.#line = line;
  }

  // The screen shows everything up to this seq, a removal among it.
  removed(seq: number): void {
    this.#seq = seq;
    this.#schedule();
  }

  // The channel is followed over a new connection.
  followed(): void {
    this.#clearCarried();
    if (this.#seq !== null) this.#schedule();
  }

  stop(): void {
    if (this.#timer !== null) this.#environment.clearTimer(this.#timer);
    this.#timer = null;
    this.#clearCarried();
  }

  #schedule(): void {
    if (this.#timer !== null) return;
    const rest = this.#lastSent + every - this.#environment.now();
    const delay = Math.max(rest, this.#environment.random() * every);
    this.#timer = this.#environment.setTimer(delay, () => {
      this.#timer = null;
      this.#report();
    });
  }

  // Without a connection it waits for the next one.
  #report(): void {
    const seq = this.#seq;
    if (seq === null || !this.#line.send(seq)) return;
    this.#lastSent = this.#environment.now();
    this.#clearCarried();
    this.#carriedTimer = this.#environment.setTimer(carriedAfter, () => {
      this.#carriedTimer = null;
      if (this.#seq === seq && this.#line.connected()) this.#seq = null;
    });
  }

  #clearCarried(): void {
    if (this.#carriedTimer !== null) this.#environment.clearTimer(this.#carriedTimer);
    this.#carriedTimer = null;
  }
}
