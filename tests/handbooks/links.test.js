// Onside's judgement of links, held against two independent checkers: remark-validate-links on the text as its authors wrote it, and
// linkinator on the built site. What one calls dead and the other good is printed, each with its reason; what has none fails.
//
//   ONSIDE=target/release/onside node --test tests/handbooks/
//
// The sample is always looked at. Old handbooks are where ONSIDE_CORPORA points, or beside the repository; a line says which were not there.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LinkChecker } from 'linkinator';

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../..');
const onside = resolve(process.env.ONSIDE ?? join(repository, 'target/release/onside'));
const corpora = resolve(process.env.ONSIDE_CORPORA ?? join(repository, '../shared/corpora'));

/** A playbook around a handbook: the least that builds. */
const PLAYBOOK = 'name = "Old"\ndefault_owner = "keeper"\nraw_html = "sanitised"\n';
const TEAM = '[[team]]\nid = "all"\ntitle = "All"\nlead = "keeper"\n\n[[role]]\nid = "keeper"\ntitle = "Keeper"\nteam = "all"\n';

/** Why remark, which reads Markdown on a git host, calls dead what Onside finds. `{line}` is the line it stands in. */
const THEIRS = [
  [/\{[%{]/, ({ line }) => /\{[%{][^}]*\}\}?[^)]*\)/.test(line), 'another tool\'s tag in the address: read as its author meant it'],
  [/^#/, ({ commented }) => commented, 'inside {% comment %}: no reader ever saw it'],
  [/^#/, ({ text, fragment }) => new RegExp(`^#+ .*\\{#${escaped(fragment)}\\}`, 'm').test(text), 'the heading states its anchor, {#so}'],
  [/#/, ({ text, fragment, names }) => names.some((name) => bare(name) === bare(fragment)) || text.includes(`id="${fragment}"`), 'an anchor as another generator makes it'],
  [/^##/, () => true, 'one # too many: it leads to the heading all the same'],
  [/^[^#]/, () => true, 'counts from the page\'s address, as on the site it was written for'],
];

/** Why Onside calls dead what remark does not look at. */
const OURS = [
  [({ target }) => target.startsWith('/'), 'counts from the site\'s root, where remark does not look'],
  [({ line }) => /\]\(\s*\{%/.test(line) || /\{%\s*$/.test(line), 'written as a tag, which remark takes for text'],
  [({ target }) => target === '', 'an empty link'],
  [({ line }) => /<(a|img)\b/i.test(line), 'written in HTML, which remark does not read'],
];

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const bare = (anchor) => anchor.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== 'and').join('');
const anchor = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-');

for (const [name, folder] of [['sample', join(repository, 'content')], ...old()]) {
  test(`${name}: what Onside calls good and dead, others do too`, { timeout: 300_000 }, async (t) => {
    if (!existsSync(folder)) {
      t.skip(`${folder} is not there`);
      return;
    }
    const project = laid(name, folder);
    t.after(() => rmSync(project, { recursive: true, force: true }));
    execFileSync(onside, ['--root', project, 'build'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const broken = await brokenInSite(join(project, 'site'));
    t.diagnostic(`linkinator: ${broken.looked} links of the built site looked at, ${broken.dead.length} dead`);
    assert.deepEqual(broken.dead, [], 'Onside calls these good, and they are dead in the built site');
    compare(t, project);
  });
}

function old() {
  return ['clef-handbook', '18f-handbook'].map((name) => [name, join(corpora, name)]);
}

/** A project of its own for the sample or a handbook. */
function laid(name, folder) {
  const project = mkdtempSync(join(tmpdir(), 'onside-links-'));
  if (name === 'sample') {
    cpSync(folder, join(project, 'content'), { recursive: true });
  } else {
    mkdirSync(join(project, 'content'));
    cpSync(folder, join(project, 'content/pages'), { recursive: true });
    writeFileSync(join(project, 'content/playbook.toml'), PLAYBOOK);
    writeFileSync(join(project, 'content/teams.toml'), TEAM);
  }
  return project;
}

/** Dead links of a built site, fragments too; nothing outside is asked. */
async function brokenInSite(site) {
  const checker = new LinkChecker();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const result = await checker.check({
    path: site,
    recurse: true,
    checkFragments: true,
    port,
    linksToSkip: async (link) => !link.startsWith(`http://localhost:${port}/`),
    concurrency: 50,
  });
  const looked = result.links.filter((link) => link.state !== 'SKIPPED');
  assert.ok(looked.length > 50, `only ${looked.length} links were looked at`);
  const dead = looked.filter((link) => link.state === 'BROKEN').map((link) => `${link.parent}: ${link.url}`);
  return { looked: looked.length, dead };
}

/** Both lists of dead links in the source, and the reason for every difference. */
function compare(t, project) {
  const ours = deadByOnside(project);
  const theirs = deadByRemark(project);
  t.diagnostic(`in the source: ${ours.length} dead by Onside, ${theirs.length} by remark-validate-links`);
  const at = (link) => `${link.file}:${link.line}`;
  const both = ours.filter((link) => theirs.some((other) => at(other) === at(link) && same(other, link)));
  const unexplained = [];
  const say = (who, link, reasons) => {
    const reason = reasons.find((test) => test);
    t.diagnostic(`${who} ${at(link)} ${link.target}: ${reason ?? 'NO REASON'}`);
    if (!reason) unexplained.push(`${who} ${at(link)} ${link.target}`);
  };
  for (const link of both) t.diagnostic(`both ${at(link)} ${link.target}`);
  for (const link of ours.filter((l) => !both.includes(l))) say('Onside only', link, OURS.map(([test, why]) => test(seen(project, link)) && why));
  for (const link of theirs.filter((l) => !both.some((o) => at(o) === at(l) && same(o, l)))) {
    say('remark only', link, THEIRS.map(([form, test, why]) => form.test(link.target) && test(seen(project, link)) && why));
  }
  assert.deepEqual(unexplained, []);
}

const same = (a, b) => a.target.replace(/[/#].*$/, '') === b.target.replace(/[/#].*$/, '');

function deadByOnside(project) {
  const run = spawnSync(onside, ['--root', project, 'check', '--format', 'json', '--only', 'dead-link'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const told = JSON.parse(run.stdout);
  const findings = Array.isArray(told) ? told : told.findings;
  return findings
    .filter((f) => f.file.startsWith('content/pages/') && !f.message.startsWith('the picture'))
    .map((f) => ({ file: f.file, line: f.line, target: /`(.*)`/.exec(f.message)?.[1] ?? '' }));
}

function deadByRemark(project) {
  const modules = join(here, 'node_modules');
  const run = spawnSync(
    join(modules, '.bin/remark'),
    ['.', '--no-stdout', '--no-config', '--use', `${join(modules, 'remark-validate-links/index.js')}=repository:false`, '--report', join(modules, 'vfile-reporter-json/index.js')],
    { cwd: join(project, 'content/pages'), encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const files = JSON.parse(run.stderr);
  assert.equal(files.length, readdirSync(join(project, 'content/pages'), { recursive: true }).filter((path) => /\.(md|markdown)$/.test(path)).length);
  return files.flatMap((file) =>
    file.messages.filter((m) => m.reason.startsWith('Cannot find')).map((m) => ({ file: `content/pages/${file.path}`, line: m.line, target: /`(.*?)`/.exec(m.reason)?.[1] ?? '' })));
}

/** What a reason may ask about a link: its line, its file, the anchors of the file it leads to. */
function seen(project, link) {
  const text = readFileSync(join(project, link.file), 'utf8');
  const lines = text.split('\n');
  const before = lines.slice(0, link.line).join('\n');
  const commented = before.lastIndexOf('{% comment') > before.lastIndexOf('{% endcomment %}') || /\{% comment %\}.*\]\(#/.test(lines[link.line - 1] ?? '');
  const all = readdirSync(join(project, 'content/pages'), { recursive: true }).filter((path) => path.endsWith('.md'));
  const headings = (body) => body.split('\n').filter((line) => /^#+ /.test(line)).map((line) => anchor(line.replace(/^#+ /, '')));
  const names = [text, ...(link.target.startsWith('#') ? [] : all.map((path) => readFileSync(join(project, 'content/pages', path), 'utf8')))].flatMap(headings);
  return { target: link.target, fragment: link.target.split('#').pop(), line: lines.slice(Math.max(0, link.line - 2), link.line + 1).join('\n'), text, names, commented };
}
