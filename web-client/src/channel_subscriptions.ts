// Who follows which channel, and what the server says about it. Each new connection subscribes all of them anew.

import { retryDelay } from "./backoff.ts";
import type { ChannelListener } from "./channel_listener.ts";
import type { LiveEnvironment } from "./live_environment.ts";
import type { ClientFrame, ServerFrame } from "./protocol.ts";

interface Subscription {
  readonly channel: string;
  readonly listener: ChannelListener;
  id: number;
}

// A busy server is asked again after up to 4 seconds.
const busyAttempt = 3;

export class ChannelSubscriptions {
  readonly #environment: LiveEnvironment;
  readonly #send: (frame: ClientFrame) => void;
  readonly #subscriptions = new Map<string, Subscription>();
  #lastId = 0;

  // `send` may drop a frame while there is no connection.
  constructor(environment: LiveEnvironment, send: (frame: ClientFrame) => void) {
    this.#environment = environment;
    this.#send = send;
  }

  // One listener per channel, until the returned function is called. `connected`: it is subscribed at once.
  add(channel: string, listener: ChannelListener, connected: boolean): () => void {
    const subscription: Subscription = { channel, listener, id: 0 };
    this.#subscriptions.set(channel, subscription);
    if (connected) this.#subscribe(subscription);
    return () => {
      if (this.#subscriptions.get(channel) !== subscription) return;
      this.#subscriptions.delete(channel);
      this.#send({ type: "unsubscribe", id: this.#nextId(), channel });
    };
  }

  subscribeAll(): void {
    for (const subscription of this.#subscriptions.values()) this.#subscribe(subscription);
  }

  listener(channel: string): ChannelListener | undefined {
    return this.#subscriptions.get(channel)?.listener;
  }

  unsubscribed(frame: Extract<ServerFrame, { type: "unsubscribed" }>): void {
    // With an id it answers our own request.
    if (typeof frame.id !== "number") this.#end(frame.channel, frame.reason ?? "");
  }

  // A refused subscription is over, unless the server was only too busy for it.
  refused(frame: Extract<ServerFrame, { type: "error" }>): void {
    const refused = [...this.#subscriptions.values()].find(({ id }) => id === frame.id);
    if (refused === undefined) return;
    if (frame.code === "unavailable" || frame.code === "rate_limited") {
      this.#subscribeLater(refused);
    } else {
      this.#end(refused.channel, frame.message);
    }
  }

  #subscribeLater(subscription: Subscription): void {
    const { id, channel } = subscription;
    this.#environment.setTimer(retryDelay(busyAttempt, this.#environment.random()), () => {
      // Unchanged: neither subscribed anew after a break nor given up.
      if (subscription.id === id && this.#subscriptions.get(channel) === subscription) this.#subscribe(subscription);
    });
  }

  #end(channel: string, reason: string): void {
    const listener = this.listener(channel);
    this.#subscriptions.delete(channel);
    listener?.ended(reason);
  }

  #subscribe(subscription: Subscription): void {
    subscription.id = this.#nextId();
    const since = subscription.listener.since();
    const frame = { type: "subscribe", id: subscription.id, channel: subscription.channel } as const;
    this.#send(since === null ? frame : { ...frame, since });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
