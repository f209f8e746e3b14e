// Follows a channel whose messages are each the present state of something: a film, or what is being discussed.

import type { ChannelListener } from "./channel_listener.ts";
import type { Change, Envelope } from "./protocol.ts";
import { decodeChange } from "./protocol.ts";

export class SnapshotFeed implements ChannelListener {
  readonly #changed: (change: Change) => void;
  readonly #subscribedTo: () => void;

  constructor(changed: (change: Change) => void, subscribedTo: () => void) {
    this.#changed = changed;
    this.#subscribedTo = subscribedTo;
  }

  since(): null {
    return null;
  }

  subscribed(): void {
    this.#subscribedTo();
  }

  event(event: Envelope): void {
    this.#changed(decodeChange(event));
  }

  presence(): void {}

  ended(): void {}
}
