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

// Closes the last socket and tells how long it took until there was a new one.
function waitAfterClose(environment: FakeEnvironment, code: number): number {
  environment.socket.drop(code);
  const opened = environment.sockets.length;
  const before = environment.now();
  while (environment.sockets.length === opened && environment.now() - before < 120_000) environment.pass(50);
  return environment.now() - before;
}

test("the waits grow until a connection has held for ten seconds", () => {
  const { environment } = started();
  const waits = [0, 1, 2, 3].map(() => waitAfterClose(environment, 1006));
  assert.deepEqual(waits, [500, 750, 1_250, 2_250]);
  environment.socket.welcome();
  environment.pass(9_900);
  assert.equal(waitAfterClose(environment, 1006), 4_250, "a server that greets and drops is not hurried");
  environment.socket.welcome();
  environment.pass(10_000);
  assert.equal(waitAfterClose(environment, 1006), 500);
});

test("a handshake that hangs is given up after fifteen seconds", () => {
  const { environment, connection } = started();
  environment.pass(14_999);
  assert.equal(connection.state, ConnectionState.connecting);
  environment.pass(1);
  assert.equal(connection.state, ConnectionState.waiting);
});

test("too slow a reader (4408) comes back soon, one who sends too much (4429) keeps quiet for a while", () => {
  const slow = started();
  slow.environment.socket.welcome();
  assert.equal(waitAfterClose(slow.environment, 4408), 500);
  const loud = started();
  loud.environment.socket.welcome();
  loud.environment.socket.drop(4429);
  loud.environment.pass(14_000);
  loud.connection.wake();
  assert.equal(loud.environment.sockets.length, 1, "coming back early would be more of the same");
  loud.environment.pass(8_500);
  assert.equal(loud.environment.sockets.length, 2);
});

test("an ended session (4401) waits until it is known who we are, then comes back", () => {
  const { environment, connection, states } = started();
  environment.socket.welcome();
  environment.socket.drop(4401);
  assert.equal(states.at(-1), "revoked");
  environment.pass(600_000);
  connection.wake();
  connection.start();
  assert.equal(environment.sockets.length, 1);
  assert.equal(environment.timerCount, 0);
  connection.resume();
  assert.equal(environment.sockets.length, 2);
  connection.resume();
  assert.equal(environment.sockets.length, 2);
});

test("an answer about who we are does not wake a page that was put away meanwhile", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  environment.socket.drop(4401);
  connection.stop();
  connection.resume();
  assert.equal(environment.sockets.length, 1);
});

test("every new connection tells whom the server takes us for", () => {
  const environment = new FakeEnvironment();
  const names: (string | undefined)[] = [];
  const connection = new LiveConnection(environment, () => {}, (user) => names.push(user?.name));
  connection.start();
  environment.socket.welcome();
  environment.socket.drop(1006);
  environment.pass(500);
  environment.socket.welcome({ id: 7, name: "mira", role: "member" });
  assert.deepEqual(names, [undefined, "mira"]);
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

test("neither the network, nor the reader's return, nor the history cuts a slot short", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  environment.socket.say({ type: "goodbye", retry_ms: 3_000 });
  environment.socket.drop(1012);
  environment.pass(1_000);
  connection.networkLost();
  connection.wake();
  connection.stop();
  connection.start();
  assert.equal(connection.state, ConnectionState.waiting);
  environment.pass(1_999);
  assert.equal(environment.sockets.length, 1);
  environment.pass(1);
  assert.equal(environment.sockets.length, 2);
  assert.equal(waitAfterClose(environment, 1006), 500, "a slot counts once; then the usual waits apply");
});

test("a slot counts from the goodbye, however late the close comes, and never beyond a minute", () => {
  const late = started();
  late.environment.socket.welcome();
  late.environment.socket.say({ type: "goodbye", retry_ms: 3_000 });
  late.environment.pass(2_000);
  assert.equal(waitAfterClose(late.environment, 1006), 1_000);
  const absurd = started();
  absurd.environment.socket.welcome();
  absurd.environment.socket.say({ type: "goodbye", retry_ms: 9_000_000_000 });
  assert.equal(waitAfterClose(absurd.environment, 1012), 60_000);
});

test("a restart without a goodbye is spread over the same span as the slots", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  environment.socket.drop(1012);
  connection.wake();
  environment.pass(4_249);
  assert.equal(environment.sockets.length, 1);
  environment.pass(1);
  assert.equal(environment.sockets.length, 2);
});

test("when the network returns, a connection that said nothing since it went is replaced at once", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  environment.pass(1_000);
  connection.networkLost();
  environment.pass(500);
  connection.wake();
  assert.equal(environment.sockets.length, 2);
  assert.ok(environment.sockets[0]?.closed);
});

test("a connection that went on speaking while the browser saw no network is kept", () => {
  const { environment, connection } = started();
  environment.socket.welcome();
  connection.networkLost();
  environment.pass(500);
  environment.socket.say({ type: "heartbeat" });
  connection.wake();
  assert.equal(environment.sockets.length, 1);
  assert.equal(connection.state, ConnectionState.live);
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

test("a busy server is not asked twice when the connection breaks before the second try", () => {
  const { environment } = started();
  environment.socket.welcome();
  environment.socket.say({ type: "error", id: 1, code: "unavailable", message: "later" });
  environment.socket.drop(1006);
  environment.pass(500);
  environment.socket.welcome();
  environment.pass(5_000);
  assert.deepEqual(environment.socket.sent, [{ type: "subscribe", id: 2, channel: "thread:42", since: 17 }]);
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
