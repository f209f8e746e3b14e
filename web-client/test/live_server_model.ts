// The server of one thread as the random test sees it: a log that only grows, sockets whose frames get lost, come twice
// or in another order, and an HTTP side that fails, answers late and in parts.

import { NoAnswer, Refusal } from "../src/api.ts";
import { isRecord } from "../src/decoder.ts";
import type { Envelope, EventPage } from "../src/protocol.ts";
import type { Chance } from "./chance.ts";
import type { FakeSocket } from "./fake_environment.ts";

export const channel = "thread:42";
// Longer histories are not replayed.
const replayed = 40;
const pageSize = 7;

interface Line {
  readonly socket: FakeSocket;
  // Frames of ours that are on their way, the next one first.
  frames: object[];
  read: number;
  subscribed: boolean;
}

interface Question {
  readonly since: number;
  readonly answer: (page: EventPage) => void;
  readonly fail: (error: Error) => void;
}

export class LiveServerModel {
  readonly #chance: Chance;
  #head = 0;
  #line: Line | null = null;
  #questions: Question[] = [];
  // With a well-behaved network nothing is lost, repeated or reordered.
  wellBehaved = false;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  get head(): number {
    return this.#head;
  }

  get waitingQuestions(): number {
    return this.#questions.length;
  }

  event(seq: number): Envelope {
    return { type: "event", channel, seq, event: "post.edited", at: "2026-11-23T15:52:07.123Z", data: {} };
  }

  publish(count: number): void {
    for (let published = 0; published < count; published += 1) {
      this.#head += 1;
      if (this.#line?.subscribed === true) this.#send(this.event(this.#head));
    }
  }

  connect(socket: FakeSocket): void {
    this.#line = { socket, frames: [], read: 0, subscribed: false };
  }

  disconnect(): void {
    this.#line = null;
  }

  // Reads what the client sent, and brings it up to `count` frames.
  run(count: number): void {
    const line = this.#line;
    if (line === null) return;
    for (; line.read < line.socket.sent.length; line.read += 1) this.#answerFrame(line, line.socket.sent[line.read]);
    for (const frame of line.frames.splice(0, count)) line.socket.say(frame);
  }

  readonly eventsSince = (since: number): Promise<EventPage> =>
    new Promise((answer, fail) => this.#questions.push({ since, answer, fail }));

  // Some answer to the oldest question: none, a refusal of a history that is too long, or a page, maybe a stale one.
  answerQuestion(): void {
    const question = this.#questions.shift();
    if (question === undefined) return;
    if (!this.wellBehaved && this.#chance.below(3) === 0) {
      question.fail(new NoAnswer());
      return;
    }
    if (!this.wellBehaved && this.#chance.below(20) === 0) {
      const gone = { title: "", status: 410, detail: undefined, code: "resync_needed", errors: undefined };
      question.fail(new Refusal(410, "Reload the thread.", gone));
      return;
    }
    const head = this.wellBehaved ? this.#head : Math.max(question.since, this.#head - this.#chance.below(4));
    const last = Math.min(head, question.since + pageSize);
    const items = Array.from({ length: last - question.since }, (_, at) => this.event(question.since + 1 + at));
    question.answer({ items, next: null, seq: head });
  }

  #answerFrame(line: Line, frame: unknown): void {
    if (!isRecord(frame) || frame["type"] !== "subscribe") return;
    if (line.subscribed) throw new Error("the channel was subscribed twice over one socket");
    const since = Number(frame["since"]);
    const head = this.#head;
    const subscribed = { type: "subscribed", id: frame["id"], channel, seq: head, viewers: 1 };
    line.subscribed = true;
    if (since > head) throw new Error(`subscribed since ${since}, beyond the head ${head}`);
    if (head - since > replayed) {
      line.frames.push({ ...subscribed, resync: true });
      return;
    }
    line.frames.push(subscribed);
    for (let seq = since + 1; seq <= head; seq += 1) this.#send(this.event(seq));
  }

  #send(event: Envelope): void {
    const frames = this.#line?.frames ?? [];
    const fate = this.wellBehaved ? 99 : this.#chance.below(20);
    if (fate === 0) return;
    frames.push(event);
    if (fate === 1) frames.push(event);
    if (fate === 2 && event.seq !== undefined && event.seq > 1) frames.push(this.event(1 + this.#chance.below(event.seq)));
    if (fate === 3) {
      const at = this.#chance.below(frames.length);
      const [moved] = frames.splice(at, 1);
      // Events only: nothing comes before the answer to the subscription.
      if (moved !== undefined && "seq" in moved && "event" in moved) frames.push(moved);
      else if (moved !== undefined) frames.splice(at, 0, moved);
    }
  }
}
