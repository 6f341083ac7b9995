// Names of papers -> addresses of our server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, go, list, lists, page, paper, search } from "../../extension/destination.js";
import { CASES, table } from "./tables.mjs";

const SERVER = "https://papers.example.org";
const ids = (count) => Array.from({ length: count }, (_each, at) => `2401.${String(at + 1).padStart(5, "0")}`);

test("a paper has its page by its id, a DOI is looked up by the server", () => {
  assert.equal(paper(SERVER, "2401.01234"), `${SERVER}/arxiv/2401.01234`);
  assert.equal(paper(SERVER, "2401.01234v2"), `${SERVER}/arxiv/2401.01234v2`);
  assert.equal(paper(SERVER, "hep-th/9901001"), `${SERVER}/arxiv/hep-th/9901001`);
  assert.equal(paper(SERVER, "P19-1001@ACL"), `${SERVER}/venue/P19-1001@ACL`);
  assert.equal(paper(SERVER, "smith24a@v235@PMLR"), `${SERVER}/venue/smith24a@v235@PMLR`);
  assert.equal(paper(SERVER, "10.1145/3580305.3599"), `${SERVER}/go?url=10.1145%2F3580305.3599`);
});

test("a server may have a port and a path", () => {
  assert.equal(paper("http://127.0.0.1:8000", "2401.01234"), "http://127.0.0.1:8000/arxiv/2401.01234");
  assert.equal(search("https://example.org/papers", "lists"), "https://example.org/papers/search?query=lists");
  assert.equal(page("https://example.org/papers", "/venue/ICLR.2025"), "https://example.org/papers/venue/ICLR.2025");
});

test("several ids of arXiv make its list, others a list of all kinds, and one is no list", () => {
  assert.equal(list(SERVER, ["2401.01234", "hep-th/9901001"]), `${SERVER}/arxiv/2401.01234,hep-th/9901001`);
  assert.equal(
    list(SERVER, ["2401.01234", "P19-1001@ACL", "10.1145/3580305.3599"]),
    `${SERVER}/export?ids=2401.01234,P19-1001@ACL,10.1145/3580305.3599`,
  );
  assert.equal(list(SERVER, ["P19-1001@ACL"]), paper(SERVER, "P19-1001@ACL"));
});

test("a DOI may hold what parts the ids of a list", () => {
  assert.equal(
    list(SERVER, ["10.1016/S0378,4371+01%", "2401.01234"]),
    `${SERVER}/export?ids=10.1016/S0378%252C4371%252B01%2525,2401.01234`,
  );
});

test("one list holds so many papers and no more", () => {
  const address = list(SERVER, ids(MOST + 1));
  assert.equal(address.split(",").length, MOST);
  assert.ok(address.endsWith(ids(MOST).at(-1)));
});

test("more papers make several lists, with the place of each, and none is lost or twice there", () => {
  const found = lists(SERVER, ids(450));
  assert.deepEqual(found.map(({ first, last }) => [first, last]), [[1, 200], [201, 400], [401, 450]]);
  assert.deepEqual(found.flatMap(({ address }) => address.split("/arxiv/")[1].split(",")), ids(450));
  assert.deepEqual(lists(SERVER, []), []);
  assert.deepEqual(lists(SERVER, ids(MOST)).length, 1);
});

test("one paper over is a list's address of its own: its page", () => {
  assert.deepEqual(lists(SERVER, ids(201))[1], { address: `${SERVER}/arxiv/2401.00201`, first: 201, last: 201 });
});

test("no address of a list is too long for servers and proxies, however long the names are", () => {
  const names = Array.from({ length: 300 }, (_each, at) => `Kim_${"Very_Long_Title_".repeat(8)}${at}_CVPR_2024_paper@CVF`);
  const found = lists(SERVER, names);
  for (const { address } of found) assert.ok(address.length <= 6000);
  assert.equal(found[0].first, 1);
  for (let at = 1; at < found.length; at += 1) assert.equal(found[at].first, found[at - 1].last + 1);
  assert.equal(found.at(-1).last, 300);
});

test("nothing in a name or in words ends the path or the parameter", () => {
  for (const odd of ["a?b#c&d=e+f%20g", "a b\"<>", "论文", "../../etc", "\u202e", "\ud800", "😀"]) {
    for (const address of [search(SERVER, odd), go(SERVER, odd), paper(SERVER, `10.1145/${odd}`), list(SERVER, [`10.1145/${odd}`, "2401.01234"])]) {
      const read = new URL(address);
      assert.equal(read.origin, SERVER);
      assert.equal(read.hash, "");
      assert.equal([...read.searchParams].length, 1);
    }
  }
  assert.equal(new URL(search(SERVER, "a&b=c+d")).searchParams.get("query"), "a&b=c+d");
  assert.equal(new URL(go(SERVER, "https://arxiv.org/abs/2401.01234?a=b#c")).searchParams.get("url"), "https://arxiv.org/abs/2401.01234?a=b#c");
});

test("the path of a venue's paper is one part of the path, whatever its id holds", () => {
  assert.equal(new URL(paper(SERVER, "a?b#c@CVF")).pathname, "/venue/a%3Fb%23c@CVF");
});

test("whatever the cases name has an address that can be opened", () => {
  for (const each of Object.values(CASES.cases).flat().filter(({ address }) => address)) {
    const found = table.address(each.address);
    const made = { paper: () => paper(SERVER, found.name), list: () => page(SERVER, found.path), search: () => search(SERVER, found.words) };
    if (found) assert.equal(new URL(made[found.kind]()).origin, SERVER, each.address);
  }
});
