import assert from "node:assert/strict";
import { test } from "node:test";

import { AppliedReport } from "../src/applied_report.ts";
import { FakeEnvironment } from "./fake_environment.ts";

class Bench {
  readonly environment = new FakeEnvironment();
  readonly sent: { readonly seq: number; readonly at: number }[] = [];
  connected = true;
  readonly report = new AppliedReport(this.environment, {
    send: (seq) => {
      if (this.connected) this.sent.push({ seq, at: this.environment.now() });
      return this.connected;
    },
    connected: () => this.connected,
  });

  get seqs(): number[] {
    return this.sent.map(({ seq }) => seq);
  }
}

test("a removal is reported within a second and never in the moment of the call", () => {
  const bench = new Bench();
  bench.report.removed(24);
  assert.deepEqual(bench.seqs, []);
  bench.environment.pass(1_000);
  assert.deepEqual(bench.seqs, [24]);
  bench.environment.pass(600_000);
  assert.deepEqual(bench.seqs, [24]);
});

test("a thousand removals are reported at most once a second, the last of them too", () => {
  const bench = new Bench();
  for (let seq = 1; seq <= 1_000; seq += 1) {
    bench.report.removed(seq);
    bench.environment.pass(7);
  }
  bench.environment.pass(1_000);
  assert.equal(bench.seqs.at(-1), 1_000);
  for (const [at, { at: time }] of bench.sent.entries()) {
    const before = bench.sent[at - 1]?.at ?? Number.NEGATIVE_INFINITY;
    assert.ok(time - before >= 1_000, `${time - before} ms apart`);
  }
  assert.ok(bench.sent.length >= 6 && bench.sent.length <= 8, `${bench.sent.length} reports in eight seconds`);
});

test("without a connection the report waits for the next one", () => {
  const bench = new Bench();
  bench.connected = false;
  bench.report.removed(24);
  bench.environment.pass(60_000);
  bench.connected = true;
  bench.environment.pass(60_000);
  assert.deepEqual(bench.seqs, []);
  bench.report.followed();
  bench.environment.pass(1_000);
  assert.deepEqual(bench.seqs, [24]);
});

test("a report that may have been lost with its connection is repeated on the next one", () => {
  const bench = new Bench();
  bench.report.removed(24);
  bench.environment.pass(1_000);
  bench.connected = false;
  bench.environment.pass(60_000);
  bench.connected = true;
  bench.report.followed();
  bench.environment.pass(1_000);
  assert.deepEqual(bench.seqs, [24, 24]);
});

test("a report whose connection held is not repeated, as it would be counted for another screen", () => {
  const bench = new Bench();
  bench.report.followed();
  bench.environment.pass(1_000);
  assert.deepEqual(bench.seqs, [], "nothing was removed yet");
  bench.report.removed(24);
  bench.environment.pass(6_000);
  bench.report.followed();
  bench.environment.pass(1_000);
  assert.deepEqual(bench.seqs, [24]);
  bench.report.removed(30);
  bench.environment.pass(1_000);
  assert.deepEqual(bench.seqs, [24, 30]);
});

test("a page that ends reports nothing more", () => {
  const bench = new Bench();
  bench.report.removed(24);
  bench.report.stop();
  assert.equal(bench.environment.timerCount, 0);
});
