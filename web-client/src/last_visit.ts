// How far this reader has read in each thread: the highest number of a post that was on the screen. Kept by the browser,
// for guests too; of the threads that were read last.

import type { Decoded } from "./decoder.ts";
import { DecodeError, decodeJson, integer, list, object } from "./decoder.ts";

const visit = object({ thread: integer, number: integer });
type Visit = Decoded<typeof visit>;
const visits = list(visit);

const keptThreads = 200;

export class LastVisit {
  readonly #name: string;
  readonly #thread: number;

  constructor(reader: string, thread: number) {
    this.#name = `foyer-visits:${reader}`;
    this.#thread = thread;
  }

  // Null on the first visit.
  get number(): number | null {
    return this.#read().find(({ thread }) => thread === this.#thread)?.number ?? null;
  }

  // Never goes back: other tabs may have come farther.
  note(number: number): void {
    const known = this.#read();
    const others = known.filter(({ thread }) => thread !== this.#thread);
    const before = known.find(({ thread }) => thread === this.#thread)?.number ?? 0;
    const all = [...others, { thread: this.#thread, number: Math.max(before, number) }];
    try {
      localStorage.setItem(this.#name, JSON.stringify(all.slice(-keptThreads)));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  // Storage can be switched off: then every visit is the first.
  #read(): readonly Visit[] {
    try {
      const json = localStorage.getItem(this.#name);
      return json === null ? [] : decodeJson(json, visits);
    } catch (error) {
      if (error instanceof DecodeError || error instanceof DOMException) return [];
      throw error;
    }
  }
}
