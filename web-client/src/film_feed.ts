// Follows a film that has no comment yet, until the first one makes the thread that holds them.

import type { ChannelListener } from "./channel_listener.ts";
import type { Envelope } from "./protocol.ts";
import { decodeChange } from "./protocol.ts";

export class FilmFeed implements ChannelListener {
  readonly #threadMade: (threadId: number) => void;
  readonly #subscribedTo: () => void;

  constructor(threadMade: (threadId: number) => void, subscribedTo: () => void) {
    this.#threadMade = threadMade;
    this.#subscribedTo = subscribedTo;
  }

  since(): null {
    return null;
  }

  subscribed(): void {
    this.#subscribedTo();
  }

  event(event: Envelope): void {
    const change = decodeChange(event);
    if (change.kind === "film" && change.film.comments_thread_id !== null) {
      this.#threadMade(change.film.comments_thread_id);
    }
  }

  presence(): void {}

  ended(): void {}
}
