// The one socket of a page: opens it, keeps it alive, comes back after a break and subscribes anew where each listener
// stands. It knows channels but not what their events mean.

import { quietTime, retryDelay } from "./backoff.ts";
import type { ChannelListener } from "./channel_listener.ts";
import { ChannelSubscriptions } from "./channel_subscriptions.ts";
import type { LiveEnvironment, Socket } from "./live_environment.ts";
import type { ClientFrame, ServerFrame, User } from "./protocol.ts";
import { DecodeError, decodeServerFrame } from "./protocol.ts";

export enum ConnectionState {
  // Nothing is wanted: before start, after stop, while the page is put away.
  idle = "idle",
  connecting = "connecting",
  live = "live",
  // Waits for the next try.
  waiting = "waiting",
  // The session was ended: waits until somebody has asked who we are now, and resumes.
  revoked = "revoked",
  // The server refuses us for good; a reload is needed.
  refused = "refused",
}

const silenceAllowed = 40_000;
// A handshake that takes longer leads nowhere.
const handshakeAllowed = 15_000;
// Only a connection that held so long shows that the server is well; until then the waits go on growing.
const steadyAfter = 10_000;
// No server parks us longer than this.
const longestSlot = 60_000;

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

export class LiveConnection {
  readonly #environment: LiveEnvironment;
  readonly #stateChanged: (state: ConnectionState) => void;
  readonly #welcomed: (user: User | null) => void;
  readonly #channels: ChannelSubscriptions;
  #state = ConnectionState.idle;
  #socket: Socket | null = null;
  #attempt = 0;
  #retryTimer: number | null = null;
  #silenceTimer: number | null = null;
  #lastHeard = 0;
  #liveSince = 0;
  #networkLostAt: number | null = null;
  // When we may come back after the server sent us away; until then nothing makes us come.
  #slot: number | null = null;

  // `welcomed` hears from every new connection whom the server takes us for.
  constructor(
    environment: LiveEnvironment,
    stateChanged: (state: ConnectionState) => void,
    welcomed: (user: User | null) => void = () => {},
  ) {
    this.#environment = environment;
    this.#stateChanged = stateChanged;
    this.#welcomed = welcomed;
    this.#channels = new ChannelSubscriptions(environment, (frame) => this.send(frame));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  // Follows a channel until the returned function is called. One listener per channel.
  follow(channel: string, listener: ChannelListener): () => void {
    return this.#channels.add(channel, listener, this.#state === ConnectionState.live);
  }

  start(): void {
    if (this.#state === ConnectionState.idle) this.#connectInSlot();
  }

  stop(): void {
    this.#drop();
    this.#change(ConnectionState.idle);
  }

  // It is known again who we are.
  resume(): void {
    if (this.#state === ConnectionState.revoked) this.#connectInSlot();
  }

  // Something happened that makes a try worth while: the network is back, the page is seen again.
  wake(): void {
    const open = this.#state === ConnectionState.live || this.#state === ConnectionState.connecting;
    if (this.#state !== ConnectionState.waiting && !(open && this.#looksDead())) return;
    this.#attempt = 0;
    this.#networkLostAt = null;
    this.#connectInSlot();
  }

  // The browser says that there is no network. It errs at times, so this only makes us doubt what stays silent.
  networkLost(): void {
    this.#networkLostAt = this.#environment.now();
  }

  // Sent only while live; false when it was not.
  send(frame: ClientFrame): boolean {
    if (this.#state !== ConnectionState.live || this.#socket === null) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #looksDead(): boolean {
    const cut = this.#networkLostAt !== null && this.#lastHeard <= this.#networkLostAt;
    return cut || this.#environment.now() - this.#lastHeard > silenceAllowed;
  }

  #connectInSlot(): void {
    const rest = this.#restOfSlot();
    if (rest === 0) {
      this.#connect();
      return;
    }
    this.#drop();
    this.#change(ConnectionState.waiting);
    this.#connectLater(rest);
  }

  // The slot that the server gave stands above what we would choose.
  #keepQuiet(time: number | null): void {
    if (time !== null && this.#restOfSlot() === 0) this.#slot = this.#environment.now() + time;
  }

  #restOfSlot(): number {
    return this.#slot === null ? 0 : Math.max(0, this.#slot - this.#environment.now());
  }

  #connectLater(delay: number): void {
    this.#retryTimer = this.#environment.setTimer(delay, () => this.#connect());
  }

  #connect(): void {
    this.#drop();
    this.#slot = null;
    this.#change(ConnectionState.connecting);
    const socket = this.#environment.open();
    this.#socket = socket;
    this.#heard();
    this.#watchSilence(handshakeAllowed);
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
    const wasLive = this.#state === ConnectionState.live;
    if (wasLive && this.#environment.now() - this.#liveSince >= steadyAfter) this.#attempt = 0;
    const next = stateAfterClose(code);
    this.#drop();
    this.#change(next);
    if (next !== ConnectionState.waiting) return;
    this.#keepQuiet(quietTime(code, this.#environment.random()));
    this.#connectLater(this.#restOfSlot() || retryDelay(this.#attempt, this.#environment.random()));
    this.#attempt += 1;
  }

  #heard(): void {
    this.#lastHeard = this.#environment.now();
  }

  // A connection can die without a word: heartbeats stop, nothing closes.
  #watchSilence(allowed: number): void {
    const rest = this.#lastHeard + allowed - this.#environment.now();
    this.#silenceTimer = this.#environment.setTimer(Math.max(rest, 0), () => {
      if (this.#environment.now() - this.#lastHeard < allowed) {
        this.#watchSilence(allowed);
      } else {
        this.#closed(1006);
      }
    });
  }

  #greeted(user: User | null): void {
    if (this.#silenceTimer !== null) this.#environment.clearTimer(this.#silenceTimer);
    this.#watchSilence(silenceAllowed);
    this.#liveSince = this.#environment.now();
    this.#change(ConnectionState.live);
    this.#welcomed(user);
    this.#channels.subscribeAll();
  }

  #receive(data: unknown): void {
    this.#heard();
    if (typeof data !== "string") return;
    try {
      const frame = decodeServerFrame(data);
      if (frame !== null) this.#handle(frame);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      console.warn(`live: ${error.message}`);
    }
  }

  #handle(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#greeted(frame.user);
        return;
      case "subscribed":
        this.#channels.listener(frame.channel)?.subscribed(frame);
        return;
      case "event":
        this.#channels.listener(frame.channel)?.event(frame);
        return;
      case "presence":
        this.#channels.listener(frame.channel)?.presence(frame);
        return;
      case "unsubscribed":
        this.#channels.unsubscribed(frame);
        return;
      case "error":
        this.#channels.refused(frame);
        return;
      case "goodbye":
        this.#slot = this.#environment.now() + Math.min(Math.max(frame.retry_ms, 0), longestSlot);
        return;
      case "heartbeat":
      case "posted":
        return;
      default:
        frame satisfies never;
    }
  }

  #change(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged(state);
  }
}
