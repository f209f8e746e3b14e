// Lighthouse as a guest's phone sees the pages, three times each. Its median decides for accessibility, best practices
// and search engines, which must be without fault; performance depends on the machine and is only told.
// `node run.mjs [WORD…]` judges only the pages whose name contains one of the words.
import lighthouse from "lighthouse";

import { freePort } from "../processes.mjs";
import { inPrivateWorld } from "../world.mjs";

const rounds = 3;
const attempts = 3;
const judged = ["accessibility", "best-practices", "seo"];
const timings = {
  "largest-contentful-paint": (value) => `LCP ${Math.round(value)} ms`,
  "cumulative-layout-shift": (value) => `CLS ${value.toFixed(3)}`,
  "total-blocking-time": (value) => `TBT ${Math.round(value)} ms`,
};

let passed = 0;
let failed = 0;

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function report(name, complaints) {
  if (complaints.length === 0) passed += 1;
  else failed += 1;
  console.log(`${complaints.length === 0 ? "ok" : "not ok"} ${name}`);
  for (const complaint of complaints) console.log(`    ${complaint}`);
}

async function guestPages(world) {
  const { context } = await world.member(0);
  const film = await world.film(context, "The Cranes Are Flying");
  const thread = await world.discussion(context, "How was the staircase shot done?", 50);
  return { home: "/", films: "/films", film: film.path, "a thread of 50 posts": thread.path, "log in": "/login" };
}

// On a busy machine the browser's trace now and then lacks its beginning; Lighthouse then asks to be run again.
async function lookOnce(url, port) {
  let error;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { lhr } = await lighthouse(url, { port, onlyCategories: ["performance", ...judged], logLevel: "silent" });
    if (lhr.runtimeError === undefined) return lhr;
    error = lhr.runtimeError;
  }
  throw new Error(`${url}: ${error.code}: ${error.message}`);
}

async function look(url, port) {
  const results = [];
  while (results.length < rounds) results.push(await lookOnce(url, port));
  return results;
}

// What keeps a category from being without fault, in the words of the last round.
function faultsOf({ categories, audits }, category) {
  return categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => `${id}: ${audits[id].title} ${JSON.stringify(audits[id].details?.items ?? []).slice(0, 600)}`);
}

async function judge(name, url, port) {
  const results = await look(url, port);
  const scoreOf = (category) => Math.round(100 * median(results.map(({ categories }) => categories[category].score)));
  const told = Object.entries(timings).map(([id, words]) => words(median(results.map(({ audits }) => audits[id].numericValue))));
  console.log(`  ${name}: performance ${scoreOf("performance")}, ${told.join(", ")}`);
  for (const category of judged) {
    const score = scoreOf(category);
    report(`${name} is without fault for ${category}`, score === 100 ? [] : [`${score} of 100`, ...faultsOf(results.at(-1), category)]);
  }
}

async function judgeAll(words) {
  const port = await freePort();
  const judgePages = async (world) => {
    const pages = await guestPages(world);
    await world.closeContexts();
    for (const [name, path] of Object.entries(pages)) {
      if (words.length === 0 || words.some((word) => name.includes(word))) await judge(name, world.node(0) + path, port);
    }
  };
  await inPrivateWorld(judgePages, { moreArguments: [`--remote-debugging-port=${port}`] });
}

try {
  await judgeAll(process.argv.slice(2));
} catch (error) {
  report("Lighthouse could run", [String(error.stack ?? error)]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
