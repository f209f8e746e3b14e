// Random choices that a test can repeat: the same seed gives the same run.

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  // In [0, 1); the generator mulberry32.
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = items.map((item) => ({ item, place: this.next() }));
    return order.sort((one, other) => one.place - other.place).map(({ item }) => item);
  }
}
