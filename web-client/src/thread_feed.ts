// Follows the channel of one thread: gives out its events in order, once each, and fills holes over HTTP when the live
// channel does not.

import { Refusal } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { ChannelListener } from "./channel_listener.ts";
import { EventSequence } from "./event_sequence.ts";
import type { LiveEnvironment } from "./live_environment.ts";
import type { Envelope, EventPage, PresenceFrame, SubscribedFrame } from "./protocol.ts";

export interface ThreadFeedReader {
  // In order, without holes.
  events(events: Envelope[]): void;
  readers(count: number): void;
  // The history is no longer replayed: the page must be loaded anew.
  outOfDate(): void;
  ended(reason: string): void;
}

type Numbered = Envelope & { readonly seq: number };

const holeAllowed = 1_000;

export class ThreadFeed implements ChannelListener {
  readonly #sequence: EventSequence<Numbered>;
  readonly #environment: LiveEnvironment;
  readonly #fetchSince: (since: number) => Promise<EventPage>;
  readonly #reader: ThreadFeedReader;
  #holeTimer: number | null = null;
  #attempt = 0;
  #stopped = false;

  constructor(
    head: number,
    environment: LiveEnvironment,
    fetchSince: (since: number) => Promise<EventPage>,
    reader: ThreadFeedReader,
  ) {
    this.#sequence = new EventSequence<Numbered>(head);
    this.#environment = environment;
    this.#fetchSince = fetchSince;
    this.#reader = reader;
  }

  get head(): number {
    return this.#sequence.head;
  }

  stop(): void {
    this.#stopped = true;
    this.#clearTimer();
  }

  since(): number {
    return this.#sequence.head;
  }

  subscribed(frame: SubscribedFrame): void {
    this.#reader.readers(frame.viewers);
    if (frame.resync === true) {
      this.#reader.outOfDate();
      return;
    }
    if (frame.seq !== undefined) this.#sequence.expect(frame.seq);
    this.#watchHole();
  }

  event(event: Envelope): void {
    this.#take([event]);
  }

  presence(frame: PresenceFrame): void {
    this.#reader.readers(frame.viewers);
  }

  ended(reason: string): void {
    this.stop();
    this.#reader.ended(reason);
  }

  #take(events: readonly Envelope[]): void {
    const ready: Numbered[] = [];
    for (const event of events) {
      if (event.seq !== undefined) ready.push(...this.#sequence.push({ ...event, seq: event.seq }));
    }
    if (ready.length > 0) this.#reader.events(ready);
    this.#watchHole();
  }

  // One timer for however many holes: it runs from the first sign of one and is dropped once all is in order.
  #watchHole(): void {
    if (!this.#sequence.hasHole) {
      this.#clearTimer();
      this.#attempt = 0;
      return;
    }
    if (this.#holeTimer !== null || this.#stopped) return;
    const delay = this.#attempt === 0 ? holeAllowed : retryDelay(this.#attempt, this.#environment.random());
    this.#holeTimer = this.#environment.setTimer(delay, () => void this.#catchUp());
  }

  #clearTimer(): void {
    if (this.#holeTimer !== null) this.#environment.clearTimer(this.#holeTimer);
    this.#holeTimer = null;
  }

  async #catchUp(): Promise<void> {
    this.#attempt += 1;
    try {
      const page = await this.#fetchSince(this.#sequence.head);
      this.#holeTimer = null;
      if (this.#stopped) return;
      if (page.items.length > 0) this.#attempt = 1;
      this.#sequence.expect(page.seq);
      this.#take(page.items);
    } catch (error) {
      this.#holeTimer = null;
      if (this.#stopped) return;
      if (error instanceof Refusal && error.problem?.code === "resync_needed") {
        this.#reader.outOfDate();
        return;
      }
      this.#watchHole();
    }
  }
}
