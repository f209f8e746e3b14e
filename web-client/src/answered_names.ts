// Who wrote posts that are answered here and stand on another page. Each is asked for once, one after the other and
// after a moment, as every reader of a busy thread hears of the same answer at the same time. Beyond the bounds the
// number alone has to do.

import type { LiveEnvironment } from "./live_environment.ts";

const mostKnown = 500;
const mostWaiting = 20;
const pause = 1_000;

export class AnsweredNames {
  readonly #environment: LiveEnvironment;
  // Null when there is no such post or nobody answers.
  readonly #ask: (number: number) => Promise<string | null>;
  readonly #known = new Map<number, Promise<string | null>>();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(environment: LiveEnvironment, ask: (number: number) => Promise<string | null>) {
    this.#environment = environment;
    this.#ask = ask;
  }

  authorOf(number: number): Promise<string | null> {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    if (this.#waiting >= mostWaiting || this.#known.size >= mostKnown) return Promise.resolve(null);
    this.#waiting += 1;
    const asked = this.#last.then(() => this.#askLater(number));
    this.#last = asked;
    this.#known.set(number, asked);
    return asked;
  }

  async #askLater(number: number): Promise<string | null> {
    await new Promise<void>((resolve) => {
      this.#environment.setTimer(this.#environment.random() * pause, resolve);
    });
    const name = await this.#ask(number).catch(() => null);
    this.#waiting -= 1;
    // Nobody answered: another reply to the same post may ask again.
    if (name === null) this.#known.delete(number);
    return name;
  }
}
