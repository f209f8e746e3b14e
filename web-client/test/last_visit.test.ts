import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { LastVisit } from "../src/last_visit.ts";

// What a browser keeps, in memory.
const kept = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
  },
});
beforeEach(() => kept.clear());

test("the first visit has nothing before it, the next one knows how far it went", () => {
  assert.equal(new LastVisit("7", 42).number, null);
  new LastVisit("7", 42).note(17);
  assert.equal(new LastVisit("7", 42).number, 17);
  assert.equal(new LastVisit("7", 43).number, null);
  assert.equal(new LastVisit("guest", 42).number, null);
});

test("a tab that has seen less takes nothing back", () => {
  new LastVisit("7", 42).note(17);
  new LastVisit("7", 42).note(3);
  assert.equal(new LastVisit("7", 42).number, 17);
});

test("the threads that were read last are kept, the others are forgotten", () => {
  for (let thread = 1; thread <= 201; thread += 1) {
    new LastVisit("7", thread).note(1);
    new LastVisit("7", 1).note(1);
  }
  assert.equal(new LastVisit("7", 1).number, 1);
  assert.equal(new LastVisit("7", 2).number, null);
  assert.equal(new LastVisit("7", 201).number, 1);
});

test("what is not ours in the store counts as a first visit", () => {
  kept.set("foyer-visits:7", "{broken");
  assert.equal(new LastVisit("7", 42).number, null);
  new LastVisit("7", 42).note(5);
  assert.equal(new LastVisit("7", 42).number, 5);
});
