import assert from "node:assert/strict";
import { test } from "node:test";

import type { ChannelListener } from "../src/channel_listener.ts";
import { ConnectionState, LiveConnection } from "../src/live_connection.ts";
import { FakeEnvironment } from "./fake_environment.ts";

class Listener implements ChannelListener {
  readonly heard: string[] = [];
  head: number | null = 17;
  since(): number | null {
    return this.head;
  }
  subscribed(): void {
    this.heard.push("subscribed");
  }
  event(event: { event: string }): void {
    this.heard.push(event.event);
  }
  presence(frame: { viewers: number }): void {
    this.heard.push(`${frame.viewers} viewers`);
  }
  ended(reason: string): void {
    this.heard.push(`ended: ${reason}`);
  }
}

function started(): { environment: FakeEnvironment; connection: LiveConnection; listener: Listener; states: string[] } {
  const environment = new FakeEnvironment();
  const states: string[] = [];
  const connection = new LiveConnection(environment, (state) => states.push(state));
  const listener = new Listener();
  connection.follow("thread:42", listener);
  connection.start();
  return { environment, connection, listener, states };
}

function event(seq: number): object {
  return { type: "event", channel: "thread:42", seq, event: "post.created", at: "2026-11-23T15:52:07.123Z", data: {} };
}

test("after the welcome every channel is subscribed from where its listener stands", () => {
  const { environment, listener, states } = started();
  assert.deepEqual(environment.socket.sent, []);
  environment.socket.welcome();
  assert.deepEqual(environment.socket.sent, [{ type: "subscribe", id: 1, channel: "thread:42", since: 17 }]);
  environment.socket.say({ type: "subscribed", id: 1, channel: "thread:42", seq: 17, viewers: 2 });
  environment.socket.say(event(18));
  environment.socket.say({ type: "presence", channel: "thread:42", viewers: 3, typing: [] });
  assert.deepEqual(listener.heard, ["subscribed", "post.created", "3 viewers"]);
  assert.deepEqual(states, ["connecting", "live"]);
});

test("a channel without seq is subscribed without since", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  const film = new Listener();
  film.head = null;
  connection.follow("film:3", film);
  assert.deepEqual(environment.socket.sent.at(-1), { type: "subscribe", id: 2, channel: "film:3" });
});

test("after a break it comes back with jitter and resumes from the present head", () => {
  const { environment, listener, states } = started();
  environment.socket.welcome();
  listener.head = 23;
  environment.socket.drop(1006);
  assert.equal(states.at(-1), "waiting");
  environment.pass(499);
  assert.equal(environment.sockets.length, 1);
  environment.pass(1);
  assert.equal(environment.sockets.length, 2);
  environment.socket.welcome();
  assert.deepEqual(environment.socket.sent, [{ type: "subscribe", id: 2, channel: "thread:42", since: 23 }]);
});

test("the waits grow until the server answers again", () => {
  const { environment } = started();
  const opened: number[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    environment.socket.drop(1006);
    const before = environment.now();
    while (environment.sockets.length < attempt + 2) environment.pass(50);
    opened.push(environment.now() - before);
  }
  assert.deepEqual(opened, [500, 750, 1_250, 2_250, 4_250]);
  environment.socket.welcome();
  environment.socket.drop(1006);
  environment.pass(500);
  assert.equal(environment.sockets.length, 7);
});

test("too slow a reader (4408) comes back, an ended session (4401) does not", () => {
  const slow = started();
  slow.environment.socket.welcome();
  slow.environment.socket.drop(4408);
  assert.equal(slow.connection.state, ConnectionState.waiting);
  const revoked = started();
  revoked.environment.socket.welcome();
  revoked.environment.socket.drop(4401);
  assert.equal(revoked.connection.state, ConnectionState.revoked);
  revoked.environment.pass(600_000);
  revoked.connection.wake();
  assert.equal(revoked.environment.sockets.length, 1);
  assert.equal(revoked.environment.timerCount, 0);
});

test("a misbehaving client (1008) stops", () => {
  const { environment, connection } = started();
  environment.socket.drop(1008);
  environment.pass(600_000);
  assert.equal(connection.state, ConnectionState.refused);
  assert.equal(environment.sockets.length, 1);
});

test("after a goodbye it comes back in its own slot", () => {
  const { environment } = started();
  environment.socket.welcome();
  environment.socket.say({ type: "goodbye", retry_ms: 3_000 });
  environment.socket.drop(1012);
  environment.pass(2_999);
  assert.equal(environment.sockets.length, 1);
  environment.pass(1);
  assert.equal(environment.sockets.length, 2);
});

test("forty silent seconds end a connection that died without a word", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  environment.pass(25_000);
  environment.socket.say({ type: "heartbeat" });
  environment.pass(39_999);
  assert.equal(connection.state, ConnectionState.live);
  environment.pass(1);
  assert.equal(connection.state, ConnectionState.waiting);
  assert.ok(environment.sockets[0]?.closed);
});

test("the network's return cuts the wait short", () => {
  const { environment, connection } = started();
  environment.socket.drop(1006);
  connection.wake();
  assert.equal(environment.sockets.length, 2);
  assert.equal(connection.state, ConnectionState.connecting);
  connection.wake();
  assert.equal(environment.sockets.length, 2);
});

test("a page that is put away holds no socket and comes back on demand", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  connection.stop();
  assert.ok(environment.sockets[0]?.closed);
  assert.equal(environment.timerCount, 0);
  connection.wake();
  assert.equal(environment.sockets.length, 1);
  connection.start();
  assert.equal(environment.sockets.length, 2);
});

test("a subscription that the server ends is told and not renewed", () => {
  const { environment, listener } = started();
  environment.socket.welcome();
  environment.socket.say({ type: "unsubscribed", channel: "thread:42", reason: "forbidden" });
  assert.deepEqual(listener.heard, ["ended: forbidden"]);
  environment.socket.drop(1006);
  environment.pass(500);
  environment.socket.welcome();
  assert.deepEqual(environment.socket.sent, []);
});

test("a busy server is asked again, a refusal is final", () => {
  const { environment, listener } = started();
  environment.socket.welcome();
  environment.socket.say({ type: "error", id: 1, code: "unavailable", message: "later" });
  environment.pass(5_000);
  assert.deepEqual(environment.socket.sent.at(-1), { type: "subscribe", id: 2, channel: "thread:42", since: 17 });
  environment.socket.say({ type: "error", id: 2, code: "not_found", message: "There is no such thread." });
  assert.deepEqual(listener.heard, ["ended: There is no such thread."]);
});

test("leaving a channel unsubscribes it", () => {
  const { environment, connection } = started();
  const leave = connection.follow("film:3", new Listener());
  environment.socket.welcome();
  leave();
  leave();
  assert.deepEqual(environment.socket.sent.at(-1), { type: "unsubscribe", id: 3, channel: "film:3" });
});

test("what cannot be read is left aside and the connection lives on", (context) => {
  context.mock.method(console, "warn", () => {});
  const { environment, listener } = started();
  environment.socket.welcome();
  environment.socket.onmessage?.({ data: "{" });
  environment.socket.say({ type: "event", channel: 42 });
  environment.socket.say(event(18));
  assert.deepEqual(listener.heard, ["post.created"]);
});
