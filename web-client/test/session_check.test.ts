import assert from "node:assert/strict";
import { test } from "node:test";

import type { User } from "../src/protocol.ts";
import { SessionCheck } from "../src/session_check.ts";
import type { Viewer } from "../src/viewer.ts";
import { FakeEnvironment } from "./fake_environment.ts";

const mira: User = { id: 7, name: "mira", role: "member" };

class Bench {
  readonly environment = new FakeEnvironment();
  readonly told: string[] = [];
  asked = 0;
  viewer: Viewer | null = { id: "7", name: "mira" };
  answer: () => Promise<User | null> = () => Promise.reject(new Error("no answer"));
  readonly check = new SessionCheck(
    this.environment,
    () => {
      this.asked += 1;
      return this.answer();
    },
    () => this.viewer,
    {
      sameMember: ({ role }) => this.told.push(`same member, ${role}`),
      loggedOut: () => this.told.push("logged out"),
      otherMember: ({ name }) => this.told.push(`now ${name}`),
    },
  );

  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      this.environment.pass(50);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  }
}

test("the three answers are told apart", () => {
  const bench = new Bench();
  bench.check.heard(mira);
  bench.check.heard({ ...mira, role: "moderator" });
  bench.check.heard(null);
  bench.check.heard({ id: 8, name: "ana", role: "member" });
  assert.deepEqual(bench.told, ["same member, member", "same member, moderator", "logged out", "now ana"]);
});

test("a guest's page stays one, whoever logs in elsewhere", () => {
  const bench = new Bench();
  bench.viewer = null;
  bench.check.heard(mira);
  bench.check.heard(null);
  assert.deepEqual(bench.told, []);
});

test("who we are is asked until there is an answer, ever more slowly, one question at a time", async (context) => {
  context.mock.method(console, "warn", () => {});
  const bench = new Bench();
  let done = false;
  void bench.check.ask().then(() => (done = true));
  void bench.check.ask();
  await bench.pass(0);
  assert.equal(bench.asked, 1);
  await bench.pass(10_000);
  assert.equal(bench.asked, 5, "after 0, 0.75, 2, 4.25 and 8.5 seconds");
  bench.answer = () => Promise.resolve(null);
  await bench.pass(10_000);
  assert.deepEqual(bench.told, ["logged out"]);
  assert.equal(done, true);
});

test("a session that is good and yet closed again and again is asked for ever more slowly", async () => {
  const bench = new Bench();
  bench.answer = () => Promise.resolve(mira);
  const start = bench.environment.now();
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    let answered = false;
    void bench.check.ask().then(() => (answered = true));
    while (!answered) await bench.pass(50);
    times.push(bench.environment.now() - start);
  }
  assert.ok(times[4]! >= 8_000, `five closes were answered within ${times[4]} ms`);
  await bench.pass(31_000);
  bench.asked = 0;
  void bench.check.ask();
  assert.equal(bench.asked, 1, "after a calm the first question comes at once");
});
