// Puts the events of one channel in order by their seq: repeats are dropped, what came early is held until the hole
// before it is filled. Pure: who owns it decides when a hole has stayed too long.

export interface Numbered {
  readonly seq: number;
}

export class EventSequence<Event extends Numbered> {
  #head: number;
  #promised: number;
  readonly #early = new Map<number, Event>();
  readonly #capacity: number;

  constructor(head: number, capacity = 500) {
    this.#head = head;
    this.#promised = head;
    this.#capacity = capacity;
  }

  // The seq of the last event given out.
  get head(): number {
    return this.#head;
  }

  // True while an event before a known one is missing.
  get hasHole(): boolean {
    return this.#promised > this.#head;
  }

  // The server's head is known to be at least this far.
  expect(seq: number): void {
    this.#promised = Math.max(this.#promised, seq);
  }

  // The events that are now in order, oldest first.
  push(event: Event): Event[] {
    if (event.seq <= this.#head) return [];
    this.expect(event.seq);
    if (event.seq > this.#head + 1) {
      // Beyond the capacity an early event is dropped: the hole is still known and catching up brings it again.
      if (this.#early.size < this.#capacity) this.#early.set(event.seq, event);
      return [];
    }
    const ready = [event];
    this.#head = event.seq;
    for (let next = this.#early.get(this.#head + 1); next !== undefined; next = this.#early.get(this.#head + 1)) {
      ready.push(next);
      this.#head = next.seq;
    }
    for (const event of ready) this.#early.delete(event.seq);
    return ready;
  }
}
