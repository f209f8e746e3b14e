// Follows the channel of one thread: gives out its events in order, once each, and reads over HTTP what the live channel
// does not bring.

import { Refusal } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { ChannelListener } from "./channel_listener.ts";
import { EventSequence } from "./event_sequence.ts";
import type { LiveEnvironment } from "./live_environment.ts";
import type { Envelope, EventPage, PresenceFrame, SubscribedFrame } from "./protocol.ts";

export interface ThreadFeedReader {
  // In order, without holes; once the history is out of date, as they come.
  events(events: NumberedEvent[]): void;
  readers(count: number): void;
  typing(names: readonly string[]): void;
  // A subscription begins or begins again.
  followed(): void;
  // The history is no longer replayed: the page must be loaded anew.
  outOfDate(): void;
  ended(reason: string): void;
}

export type NumberedEvent = Envelope & { readonly seq: number };

// Around a second, spread: a thousand readers may have the same hole.
const holeAllowed = { least: 500, spread: 1_000 };

export class ThreadFeed implements ChannelListener {
  readonly #sequence: EventSequence<NumberedEvent>;
  readonly #environment: LiveEnvironment;
  readonly #fetchSince: (since: number) => Promise<EventPage>;
  readonly #reader: ThreadFeedReader;
  #holeTimer: number | null = null;
  #catchingUp: Promise<boolean> | null = null;
  #attempt = 0;
  #stopped = false;
  #outOfDate = false;

  constructor(
    head: number,
    environment: LiveEnvironment,
    fetchSince: (since: number) => Promise<EventPage>,
    reader: ThreadFeedReader,
  ) {
    this.#sequence = new EventSequence<NumberedEvent>(head);
    this.#environment = environment;
    this.#fetchSince = fetchSince;
    this.#reader = reader;
  }

  // The seq up to which every event was given out.
  get head(): number {
    return this.#sequence.head;
  }

  stop(): void {
    this.#stopped = true;
    this.#clearTimer();
  }

  since(): number | null {
    return this.#outOfDate ? null : this.#sequence.head;
  }

  subscribed(frame: SubscribedFrame): void {
    this.#reader.readers(frame.viewers);
    if (frame.resync === true) {
      this.#giveUpOrder();
      return;
    }
    this.#reader.followed();
    if (frame.seq !== undefined) this.#sequence.expect(frame.seq);
    this.#watchHole();
  }

  event(event: Envelope): void {
    this.#take([event]);
  }

  presence(frame: PresenceFrame): void {
    this.#reader.readers(frame.viewers);
    this.#reader.typing(frame.typing);
  }

  ended(reason: string): void {
    this.stop();
    this.#reader.ended(reason);
  }

  // Asks over HTTP at once, hole or not: for a page that was away and whose socket is not back yet. True when all that
  // had happened by then was given out.
  catchUp(): Promise<boolean> {
    this.#clearTimer();
    this.#catchingUp ??= this.#fetchAll().finally(() => {
      this.#catchingUp = null;
      this.#watchHole();
    });
    return this.#catchingUp;
  }

  #take(events: readonly Envelope[]): void {
    const numbered = events.filter((event): event is NumberedEvent => event.seq !== undefined);
    const ready = this.#outOfDate ? numbered : numbered.flatMap((event) => this.#sequence.push(event));
    if (ready.length > 0) this.#reader.events(ready);
    this.#watchHole();
  }

  // The page says that it must be loaded anew. Until then it shows at least what is still told: a removal must not wait.
  #giveUpOrder(): void {
    this.#outOfDate = true;
    this.#clearTimer();
    this.#reader.outOfDate();
  }

  // One timer for however many holes: it runs from the first sign of one and is dropped once all is in order.
  #watchHole(): void {
    if (!this.#sequence.hasHole || this.#outOfDate) {
      this.#clearTimer();
      this.#attempt = 0;
      return;
    }
    if (this.#holeTimer !== null || this.#stopped) return;
    const random = this.#environment.random();
    const first = holeAllowed.least + random * holeAllowed.spread;
    const delay = this.#attempt === 0 ? first : retryDelay(this.#attempt, random);
    this.#holeTimer = this.#environment.setTimer(delay, () => void this.catchUp());
  }

  #clearTimer(): void {
    if (this.#holeTimer !== null) this.#environment.clearTimer(this.#holeTimer);
    this.#holeTimer = null;
  }

  // Page by page for as long as there is progress.
  async #fetchAll(): Promise<boolean> {
    this.#attempt += 1;
    for (;;) {
      let page: EventPage;
      try {
        page = await this.#fetchSince(this.#sequence.head);
      } catch (error) {
        const gone = error instanceof Refusal && error.problem?.code === "resync_needed";
        if (gone && !this.#stopped && !this.#outOfDate) this.#giveUpOrder();
        return false;
      }
      if (this.#stopped || this.#outOfDate) return false;
      this.#sequence.expect(page.seq);
      const before = this.#sequence.head;
      this.#take(page.items);
      if (!this.#sequence.hasHole) return true;
      if (this.#sequence.head === before) return false;
      this.#attempt = 1;
    }
  }
}
