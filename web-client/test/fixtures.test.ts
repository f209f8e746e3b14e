import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { object, text, anything, DecodeError } from "../src/decoder.ts";
import { decodeServerFrame } from "../src/protocol.ts";
import { wireForms } from "./wire_forms.ts";

// The folder of the golden fixtures, put in by the build.
declare const FIXTURES: string;

const fixture = object({ name: text, kind: text, value: anything });
const names = readdirSync(FIXTURES).filter((name) => name.endsWith(".json"));

function read(name: string): { readonly kind: string; readonly value: unknown } {
  return fixture(JSON.parse(readFileSync(join(FIXTURES, name), "utf8")), name);
}

test("there are golden fixtures", () => {
  assert.ok(names.length > 50);
});

for (const name of names) {
  test(`the golden fixture ${name} decodes`, () => {
    const { kind, value } = read(name);
    const form = wireForms[kind];
    assert.ok(form !== undefined, `no form for the kind ${kind}`);
    form(value, "");
  });
}

test("a server frame of an unknown type is left aside", () => {
  assert.equal(decodeServerFrame('{"type":"fanfare","id":1}'), null);
  assert.equal(decodeServerFrame('{"type":"constructor"}'), null);
});

test("unknown fields are ignored", () => {
  assert.deepEqual(decodeServerFrame('{"type":"goodbye","retry_ms":5,"why":"restart"}'), { type: "goodbye", retry_ms: 5 });
});

test("a wrong type is refused and named by its path", () => {
  assert.throws(() => decodeServerFrame('{"type":"goodbye","retry_ms":"5"}'), new DecodeError("retry_ms", "a whole number"));
  assert.throws(
    () => decodeServerFrame('{"type":"presence","channel":"thread:1","viewers":1,"typing":[1]}'),
    new DecodeError("typing[0]", "a text"),
  );
  assert.throws(() => decodeServerFrame("{"), DecodeError);
  assert.throws(() => decodeServerFrame("[]"), DecodeError);
});
