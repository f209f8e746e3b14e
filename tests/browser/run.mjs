// The browser tests: two nodes, real browsers, no sleeping. Prints one line per scenario and the sum at the end.
// `node run.mjs [WORD…]` runs only the scenarios whose name contains one of the words.
import { existsSync } from "node:fs";

import { foyerProgram } from "./services.mjs";
import { inPrivateWorld } from "./world.mjs";
import { accountScenarios } from "./scenarios/accounts.mjs";
import { auditScenarios } from "./scenarios/audits.mjs";
import { burstScenarios } from "./scenarios/burst.mjs";
import { composingScenarios } from "./scenarios/composing.mjs";
import { draftScenarios } from "./scenarios/drafts.mjs";
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
import { reviewScenarios } from "./scenarios/reviews.mjs";
import { sessionScenarios } from "./scenarios/sessions.mjs";
import { timingScenarios } from "./scenarios/timings.mjs";
import { timesScenarios } from "./scenarios/times.mjs";
import { withoutScriptScenarios } from "./scenarios/without_script.mjs";

const scenarios = {
  ...liveScenarios,
  ...moderationScenarios,
  ...withoutScriptScenarios,
  ...lossScenarios,
  ...reconnectScenarios,
  ...networkScenarios,
  ...removalScenarios,
  ...reachScenarios,
  ...readingScenarios,
  ...ratingScenarios,
  ...reviewScenarios,
  ...likeScenarios,
  ...composingScenarios,
  ...draftScenarios,
  ...editingScenarios,
  ...earlierScenarios,
  ...timesScenarios,
  ...accountScenarios,
  ...burstScenarios,
  ...timingScenarios,
  ...sessionScenarios,
  ...looksScenarios,
  ...auditScenarios,
  // Last, as it looks back on all the others.
  "no page broke its own content security policy or threw an error": async (world) => {
    if (world.complaints.length > 0) throw new Error(world.complaints.join("\n"));
  },
};

let passed = 0;
let failed = 0;

async function runScenario(name, scenario, world) {
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
  }
}

async function runAll(words) {
  if (!existsSync(foyerProgram)) throw new Error("the program is not built: run ./dev build first");
  await inPrivateWorld(async (world) => {
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (words.length === 0 || words.some((word) => name.includes(word))) await runScenario(name, scenario, world);
    }
    if (failed > 0) console.log(world.services.logs());
  });
}

try {
  await runAll(process.argv.slice(2));
} catch (error) {
  failed += 1;
  console.log(`not ok the browser tests could run\n${String(error.stack ?? error).replace(/^/gm, "    ")}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
