// A browser for the live connection that the test drives: sockets that say what they are told, a clock that is turned.

import type { LiveEnvironment, Socket } from "../src/live_environment.ts";

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  readonly sent: unknown[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  welcome(user: object | null = null): void {
    this.say({ type: "welcome", protocol: "foyer.v1", node: "n", user, heartbeat_seconds: 25 });
  }

  drop(code: number): void {
    this.onclose?.({ code });
  }
}

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly action: () => void;
}

export class FakeEnvironment implements LiveEnvironment {
  readonly sockets: FakeSocket[] = [];
  #now = 1_000;
  #timers: Timer[] = [];
  #lastTimer = 0;

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (last === undefined) throw new Error("no socket was opened");
    return last;
  }

  get timerCount(): number {
    return this.#timers.length;
  }

  open(): Socket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }

  random(): number {
    return 0.5;
  }

  now(): number {
    return this.#now;
  }

  setTimer(milliseconds: number, action: () => void): number {
    this.#lastTimer += 1;
    this.#timers.push({ id: this.#lastTimer, at: this.#now + milliseconds, action });
    return this.#lastTimer;
  }

  clearTimer(timer: number): void {
    this.#timers = this.#timers.filter(({ id }) => id !== timer);
  }

  // Turns the clock on, running what falls due on the way in its order.
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (due === undefined) break;
      this.clearTimer(due.id);
      this.#now = Math.max(this.#now, due.at);
      due.action();
    }
    this.#now = end;
  }
}
