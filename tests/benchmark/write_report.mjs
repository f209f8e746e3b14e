// Puts the figures of a run into the part of docs/performance.md between its two marks. A run of the import or of the
// large forum alone has marks of its own.
// node write_report.mjs bench.json docs/performance.md
import { readFileSync, writeFileSync } from "node:fs";

const [resultsFile, documentFile] = process.argv.slice(2);
const results = JSON.parse(readFileSync(resultsFile, "utf8"));
const alone = { import: "import of ", forum: "large forum, " };
const part = Object.keys(alone).find((name) => results.works.every(({ work }) => work.startsWith(alone[name])));
const begin = `<!-- begin: ./dev bench report${part === undefined ? "" : `, ${part}`} -->`;
const end = `<!-- end${part === undefined ? "" : `, ${part}`} -->`;

function number(value) {
  if (value === 0) return "–";
  const digits = value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
  return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: 0 });
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const goals = table(
  ["goal", "measured", "bound", ""],
  results.goals.map((goal) => [
    goal.goal,
    number(goal.value),
    goal.at_most === undefined ? `≥ ${number(goal.at_least)}` : `≤ ${number(goal.at_most)}`,
    goal.value === 0 ? "not measured" : goal.reached ? "reached" : "**missed**",
  ]),
);

// One row for each kind of page, as all have the same figures.
const forumFigures = ["database ms, p50", "database ms, p95", "answer ms, p95"];
function forumRows() {
  return results.works.map(({ work, subjects }) => [
    work.slice(alone.forum.length),
    ...forumFigures.map((name) => number(subjects[0].figures[name])),
  ]);
}

const works = results.works.map((work) => {
  const names = [...new Set(work.subjects.flatMap((subject) => Object.keys(subject.figures)))];
  const rows = work.subjects.map((subject) => [
    subject.subject,
    ...names.map((name) => (name in subject.figures ? number(subject.figures[name]) : "")),
  ]);
  return `### ${work.work}\n\n${table(["", ...names], rows)}`;
});

const details = part === "forum" ? [table(["", ...forumFigures], forumRows())] : works;
const text = [begin, `Measured on ${results.machine}; ${results.versions}.`, goals, ...details, end].join("\n\n");
const document = readFileSync(documentFile, "utf8");
const from = document.indexOf(begin);
const to = document.indexOf(end);
if (from < 0 || to < from) throw new Error(`${documentFile} lacks the marks ${begin} and ${end}`);
writeFileSync(documentFile, document.slice(0, from) + text + document.slice(to + end.length));
