// The one socket of a page: opens it, keeps it alive, comes back after a break and subscribes anew where each listener
// stands. It knows channels but not what their events mean.

import { retryDelay } from "./backoff.ts";
import type { ChannelListener } from "./channel_listener.ts";
import type { LiveEnvironment, Socket } from "./live_environment.ts";
import type { ClientFrame, ServerFrame } from "./protocol.ts";
import { DecodeError, decodeServerFrame } from "./protocol.ts";

export enum ConnectionState {
  // Nothing is wanted: before start, after stop, while the page is put away.
  idle = "idle",
  connecting = "connecting",
  live = "live",
  // Waits for the next try.
  waiting = "waiting",
  // The session was ended: only a log-in helps.
  revoked = "revoked",
  // The server refuses us for good; a reload is needed.
  refused = "refused",
}

const silenceAllowed = 40_000;
// A busy server is asked again after up to 4 seconds.
const busyAttempt = 3;

// Close codes after which the client does not come back by itself (protocol/close_codes.hpp).
function stateAfterClose(code: number): ConnectionState {
  switch (code) {
    case 4401:
      return ConnectionState.revoked;
    case 1008:
    case 1009:
      return ConnectionState.refused;
    default:
      return ConnectionState.waiting;
  }
}

interface Subscription {
  readonly channel: string;
  readonly listener: ChannelListener;
  id: number;
}

export class LiveConnection {
  readonly #environment: LiveEnvironment;
  readonly #stateChanged: (state: ConnectionState) => void;
  readonly #subscriptions = new Map<string, Subscription>();
  #state = ConnectionState.idle;
  #socket: Socket | null = null;
  #attempt = 0;
  #lastId = 0;
  #retryTimer: number | null = null;
  #silenceTimer: number | null = null;
  #lastHeard = 0;
  #restartDelay: number | null = null;

  constructor(environment: LiveEnvironment, stateChanged: (state: ConnectionState) => void) {
    this.#environment = environment;
    this.#stateChanged = stateChanged;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  // Follows a channel until the returned function is called. One listener per channel.
  follow(channel: string, listener: ChannelListener): () => void {
    const subscription: Subscription = { channel, listener, id: 0 };
    this.#subscriptions.set(channel, subscription);
    if (this.#state === ConnectionState.live) this.#subscribe(subscription);
    return () => {
      if (this.#subscriptions.get(channel) !== subscription) return;
      this.#subscriptions.delete(channel);
      this.send({ type: "unsubscribe", id: this.#nextId(), channel });
    };
  }

  start(): void {
    if (this.#state === ConnectionState.idle) this.#connect();
  }

  stop(): void {
    this.#drop();
    this.#change(ConnectionState.idle);
  }

  // Something happened that makes a try worth while: the network is back, the page is seen again.
  wake(): void {
    const silent = this.#environment.now() - this.#lastHeard > silenceAllowed;
    if (this.#state === ConnectionState.waiting || (this.#state === ConnectionState.live && silent)) {
      this.#attempt = 0;
      this.#connect();
    }
  }

  // Sent only while live; what must not be lost does not go this way.
  send(frame: ClientFrame): void {
    if (this.#state === ConnectionState.live) this.#socket?.send(JSON.stringify(frame));
  }

  #connect(): void {
    this.#drop();
    this.#change(ConnectionState.connecting);
    const socket = this.#environment.open();
    this.#socket = socket;
    this.#heard();
    this.#watchSilence();
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#closed(code);
  }

  #drop(): void {
    if (this.#retryTimer !== null) this.#environment.clearTimer(this.#retryTimer);
    if (this.#silenceTimer !== null) this.#environment.clearTimer(this.#silenceTimer);
    this.#retryTimer = null;
    this.#silenceTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #closed(code: number): void {
    const next = stateAfterClose(code);
    this.#drop();
    this.#change(next);
    if (next === ConnectionState.waiting) this.#retryLater();
  }

  // A restarting server gives each socket its own slot to come back; else the wait doubles, with jitter.
  #retryLater(): void {
    const delay = this.#restartDelay ?? retryDelay(this.#attempt, this.#environment.random());
    this.#restartDelay = null;
    this.#attempt += 1;
    this.#retryTimer = this.#environment.setTimer(delay, () => this.#connect());
  }

  #heard(): void {
    this.#lastHeard = this.#environment.now();
  }

  // A connection can die without a word: heartbeats stop, nothing closes.
  #watchSilence(): void {
    const rest = this.#lastHeard + silenceAllowed - this.#environment.now();
    this.#silenceTimer = this.#environment.setTimer(Math.max(rest, 0), () => {
      if (this.#environment.now() - this.#lastHeard < silenceAllowed) {
        this.#watchSilence();
      } else {
        this.#closed(1006);
      }
    });
  }

  #receive(data: unknown): void {
    this.#heard();
    if (typeof data !== "string") return;
    let frame: ServerFrame | null;
    try {
      frame = decodeServerFrame(data);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      console.warn(`live: ${error.message}`);
      return;
    }
    if (frame !== null) this.#handle(frame);
  }

  #handle(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#attempt = 0;
        this.#change(ConnectionState.live);
        for (const subscription of this.#subscriptions.values()) this.#subscribe(subscription);
        return;
      case "subscribed":
        this.#subscriptions.get(frame.channel)?.listener.subscribed(frame);
        return;
      case "event":
        this.#subscriptions.get(frame.channel)?.listener.event(frame);
        return;
      case "presence":
        this.#subscriptions.get(frame.channel)?.listener.presence(frame);
        return;
      case "unsubscribed":
        // With an id it answers our own request.
        if (typeof frame.id !== "number") this.#end(frame.channel, frame.reason ?? "");
        return;
      case "error":
        this.#refusal(frame.id ?? null, frame.code, frame.message);
        return;
      case "goodbye":
        this.#restartDelay = frame.retry_ms;
        return;
      case "heartbeat":
      case "posted":
        return;
      default:
        frame satisfies never;
    }
  }

  // A refused subscription is over, unless the server was only too busy for it.
  #refusal(id: number | null, code: string, message: string): void {
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.id !== id) continue;
      if (code !== "unavailable" && code !== "rate_limited") {
        this.#end(subscription.channel, message);
        return;
      }
      const delay = retryDelay(busyAttempt, this.#environment.random());
      this.#environment.setTimer(delay, () => {
        // Unchanged: neither subscribed anew after a break nor given up.
        if (subscription.id === id && this.#subscriptions.get(subscription.channel) === subscription) {
          this.#subscribe(subscription);
        }
      });
      return;
    }
  }

  #end(channel: string, reason: string): void {
    const subscription = this.#subscriptions.get(channel);
    this.#subscriptions.delete(channel);
    subscription?.listener.ended(reason);
  }

  #subscribe(subscription: Subscription): void {
    subscription.id = this.#nextId();
    const since = subscription.listener.since();
    const frame = { type: "subscribe", id: subscription.id, channel: subscription.channel } as const;
    this.send(since === null ? frame : { ...frame, since });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #change(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged(state);
  }
}
