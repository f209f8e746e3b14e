// The browser tests: two nodes, real browsers, no sleeping. Prints one line per scenario and the sum at the end. Two lanes
// with nodes and a browser of their own take the next scenario each; what measures time runs alone, afterwards.
// `node run.mjs [--long] [WORD…]` runs only the scenarios whose name contains one of the words; those that take minutes
// run with --long.
import { existsSync } from "node:fs";

import { foyerProgram } from "./services.mjs";
import { inPrivateWorld } from "./world.mjs";
import { accountScenarios } from "./scenarios/accounts.mjs";
import { auditScenarios, longAuditScenarios } from "./scenarios/audits.mjs";
import { burstScenarios, longBurstScenarios } from "./scenarios/burst.mjs";
import { composingScenarios } from "./scenarios/composing.mjs";
import { draftScenarios } from "./scenarios/drafts.mjs";
import { identificationScenarios } from "./scenarios/identification.mjs";
import { feedScenarios } from "./scenarios/feeds.mjs";
import { filmEditScenarios } from "./scenarios/film_edits.mjs";
import { filmPageScenarios } from "./scenarios/film_page.mjs";
import { likeScenarios } from "./scenarios/likes.mjs";
import { earlierScenarios } from "./scenarios/earlier.mjs";
import { editingScenarios } from "./scenarios/editing.mjs";
import { liveScenarios } from "./scenarios/live.mjs";
import { looksScenarios } from "./scenarios/looks.mjs";
import { lossScenarios } from "./scenarios/losses.mjs";
import { moderationScenarios } from "./scenarios/moderation.mjs";
import { networkScenarios } from "./scenarios/network.mjs";
import { ratingScenarios } from "./scenarios/ratings.mjs";
import { reachScenarios } from "./scenarios/reach.mjs";
import { readingScenarios } from "./scenarios/reading.mjs";
import { reconnectScenarios } from "./scenarios/reconnect.mjs";
import { removalScenarios } from "./scenarios/removals.mjs";
import { searchScenarios } from "./scenarios/search.mjs";
import { reviewScenarios } from "./scenarios/reviews.mjs";
import { sessionScenarios } from "./scenarios/sessions.mjs";
import { timingScenarios } from "./scenarios/timings.mjs";
import { timesScenarios } from "./scenarios/times.mjs";
import { withoutScriptScenarios } from "./scenarios/without_script.mjs";

const words = process.argv.slice(2).filter((word) => word !== "--long");
const long = process.argv.includes("--long");

const scenarios = {
  ...liveScenarios,
  ...moderationScenarios,
  ...withoutScriptScenarios,
  ...lossScenarios,
  ...reconnectScenarios,
  ...networkScenarios,
  ...removalScenarios,
  ...reachScenarios,
  ...feedScenarios,
  ...readingScenarios,
  ...ratingScenarios,
  ...identificationScenarios,
  ...reviewScenarios,
  ...filmEditScenarios,
  ...likeScenarios,
  ...composingScenarios,
  ...draftScenarios,
  ...editingScenarios,
  ...earlierScenarios,
  ...timesScenarios,
  ...accountScenarios,
  ...searchScenarios,
  ...sessionScenarios,
  ...looksScenarios,
  ...auditScenarios,
  ...(long ? longAuditScenarios : {}),
};

const complaints = [];
const aloneScenarios = {
  ...filmPageScenarios, // on a film that no scenario before has edited
  ...burstScenarios,
  ...(long ? longBurstScenarios : {}),
  ...timingScenarios,
  // Last, as it looks back on all the others.
  "no page broke its own content security policy or threw an error": async () => {
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
  },
};

let passed = 0;
let failed = 0;
const seconds = {};

async function runScenario(name, scenario, world) {
  const start = Date.now();
  try {
    await scenario(world);
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}`);
    console.log(String(error.stack ?? error).replace(/^/gm, "    "));
  } finally {
    await world.closeContexts();
    seconds[name] = (Date.now() - start) / 1000;
  }
}

function tellSlowest() {
  const slowest = Object.entries(seconds).sort(([, one], [, other]) => other - one);
  for (const [name, took] of slowest.slice(0, 10)) console.log(`  ${took.toFixed(1)} s: ${name}`);
}

// The longest first, so that no lane waits long for the other at the end.
const longest = Object.keys({ ...longAuditScenarios, ...auditScenarios, ...looksScenarios });

async function runLane(queue) {
  await inPrivateWorld(async (world) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await runScenario(next[0], next[1], world);
    complaints.push(...world.complaints);
    if (failed > 0) console.log(world.services.logs());
  });
}

async function runAll() {
  if (!existsSync(foyerProgram)) throw new Error("the program is not built: run ./dev build first");
  const wanted = (some) =>
    Object.entries(some).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
  const shared = wanted(scenarios).sort(([one], [other]) => Number(longest.includes(other)) - Number(longest.includes(one)));
  const alone = wanted(aloneScenarios);
  await Promise.all([runLane(shared), shared.length > 1 ? runLane(shared) : undefined]);
  if (alone.length > 0) await runLane(alone);
}

try {
  await runAll();
} catch (error) {
  failed += 1;
  console.log(`not ok the browser tests could run\n${String(error.stack ?? error).replace(/^/gm, "    ")}`);
}
tellSlowest();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
