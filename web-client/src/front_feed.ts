// Follows what is being discussed on the whole forum: each message is the present list.

import type { ChannelListener } from "./channel_listener.ts";
import type { Envelope, Thread } from "./protocol.ts";
import { decodeChange } from "./protocol.ts";

export class FrontFeed implements ChannelListener {
  readonly #listed: (threads: readonly Thread[]) => void;
  readonly #subscribedTo: () => void;

  constructor(listed: (threads: readonly Thread[]) => void, subscribedTo: () => void) {
    this.#listed = listed;
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
    if (change.kind === "front") this.#listed(change.threads);
  }

  presence(): void {}

  ended(): void {}
}
