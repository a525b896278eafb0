// What readers come for, from the front page to the answer, by what the page itself offers: with a
// pointer or with the keyboard alone, with and without JavaScript, at a desk and on a phone.

import type { Page } from "@playwright/test";

import type { Hand } from "../support/hand.ts";
import { localeOf, sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

const languages = {
  vi: {
    tables: "Bảng số liệu",
    outcomes: "Kết quả giải quyết",
    byLand: "Đất đai và lĩnh vực khác",
    land: "Đất đai",
    right: "Đúng",
    explore: "Tự chọn hàng, cột, tỷ lệ, so sánh",
    difference: "Chênh lệch",
    why: "Vì sao?",
    areas: "Địa bàn",
    series: "Xem cả chuỗi số liệu",
    event: /01\/07\/2025: bỏ cấp huyện/,
    apply: "Xem",
    other: "English",
    language: "en",
    district: "Huyện Mường Lát (cũ)",
    commune: "Xã Pù Nhi",
    notPublished: "Không công bố theo cách đã chọn",
    current: "Số hiện hành",
    cannot: "Không số nhỏ nào tính lại được",
    answers: "Trả lời nơi chuyển vụ việc",
    overdue: "Quá hạn chưa trả lời",
    deadlines: "Thời hạn theo luật",
    methods: "Phương pháp",
    allLimits: "Mọi thời hạn, và tính ngày hết hạn",
    start: "Ngày bắt đầu",
    on: "Xét đến ngày",
    ask: "Tính ngày hết hạn",
    due: "Hạn cuối: 03/09/2026",
    left: "còn 2\u00a0ngày.",
    reason: "không tính: Quốc khánh",
    article: "Nghị định 155/2026/NĐ-CP, Điều 10",
    answered: "Trả lời đúng hạn",
    supervision: "Giám sát",
    compare: "So sánh công bằng",
    compareNow: "So sánh",
    report: "Báo cáo giám sát",
    showReport: "Xem",
    head: "Người đứng đầu trực tiếp",
    required: "Kỳ tiếp phải thực hiện",
    committee: "UBND xã Pù Nhi",
    onTime: "Giải quyết đúng hạn",
    workload: "Phải giải quyết",
    standing: "So với tỷ lệ chung",
    allowed: /mức mà ngẫu nhiên cho phép/,
  },
  en: {
    tables: "Tables",
    outcomes: "Outcomes",
    byLand: "Land and other fields",
    land: "Land",
    right: "Well-founded",
    explore: "Choose rows, columns, rates and comparisons",
    difference: "Difference",
    why: "Why?",
    areas: "Areas",
    series: "See the whole series",
    event: /1.July.2025: districts end/,
    apply: "Show",
    other: "Tiếng Việt",
    language: "vi",
    district: "Mường Lát (former district)",
    commune: "Pù Nhi Commune",
    notPublished: "Not published in the way chosen",
    current: "Current:",
    cannot: "No small figure can be worked out",
    answers: "Answers to referrers",
    overdue: "Overdue, not answered",
    deadlines: "Time limits of the law",
    methods: "Methods",
    allLimits: "All time limits, and when something is due",
    start: "Day it starts",
    on: "As of",
    ask: "When is it due?",
    due: "Due: 3\u00a0September 2026",
    left: "2\u00a0days left.",
    reason: "not counted: National Day",
    article: "Decree 155/2026/ND-CP, article 10",
    answered: "Answered in time",
    supervision: "Supervision",
    compare: "Fair comparison",
    compareNow: "Compare",
    report: "Supervision report",
    showReport: "Show",
    head: "Held by the head",
    required: "Days required",
    committee: "People's Committee of Pù Nhi Commune",
    onTime: "Settled on time",
    workload: "To be settled",
    standing: "Against the common share",
    allowed: /than chance allows|what chance allows/,
  },
} as const;

/** Addresses of one table, place, body or field. */
const withFigures =
  /^\/(vi\/(bang|dia-ban|co-quan|linh-vuc)|en\/(tables|areas|bodies|fields))\/[^#]+$/;

interface Reader {
  page: Page;
  hand: Hand;
  /** True if a choice takes effect with the form's button: with the keyboard, or without JavaScript. */
  byButton: boolean;
}

/** Chooses in a filter. */
async function choose({ page, hand, byButton }: Reader, name: string, value: string) {
  const form = page.locator("main .filters form");
  // The form of the page that is being left; the next page brings its own.
  await form.evaluate((element) => element.setAttribute("data-left", ""));
  await hand.choose(form.locator(`select[name="${name}"]`), value);
  if (byButton) await hand.press(form.getByRole("button"));
  await expect(page).toHaveURL((url) => url.searchParams.get(name) === value);
  await expect(page.locator("main form[data-left]")).toHaveCount(0);
  await expect(page.locator(`main .filters select[name="${name}"]`)).toHaveValue(value);
}

/** Sends the form that asks, and waits for the page that answers. */
async function ask({ page, hand }: Pick<Reader, "page" | "hand">, name: string, value: string, button: string) {
  const form = page.locator("main form.ask");
  await form.evaluate((element) => element.setAttribute("data-left", ""));
  await hand.choose(form.locator(`select[name="${name}"]`), value);
  await hand.press(form.getByRole("button", { name: button }));
  await expect(page).toHaveURL((url) => [...url.searchParams.values()].some((v) => value.endsWith(v)));
  await expect(page.locator("main form[data-left]")).toHaveCount(0);
}

for (const [language, words] of Object.entries(languages)) {
  const home = `/${language}`;
  const tables = `${home}/${language === "vi" ? "bang" : "tables"}`;
  const areas = `${home}/${language === "vi" ? "dia-ban" : "areas"}`;

  test(`${language}: an old district's name, unaccented, leads to the communes there now`, async ({
    page,
    open,
    hand,
  }) => {
    await open(home);
    const form = page.getByRole("banner").locator("form");
    await hand.write(form.getByRole("searchbox"), "muong lat");
    await hand.press(form.getByRole("button"));
    await hand.press(page.locator("main").getByRole("link", { name: words.district, exact: true }));
    await expect(page.locator("h1")).toHaveText(words.district);
    await hand.press(page.locator("main").getByRole("link", { name: words.commune, exact: true }).first());
    await expect(page.locator("h1")).toHaveText(words.commune);
    // And back to the district that it belonged to.
    await hand.press(page.locator(".crumb").getByRole("link", { name: words.district }));
    await expect(page.locator("h1")).toHaveText(words.district);
  });

  test(`${language}: how many complaints about land were found right in the last year`, async ({
    page,
    open,
    hand,
    request,
    javaScriptEnabled,
    byKeyboard,
  }) => {
    const reader = { page, hand, byButton: byKeyboard || !javaScriptEnabled };
    await open(home);
    await hand.press(page.getByRole("navigation").getByRole("link", { name: words.tables }));
    await hand.press(page.locator("main").getByRole("link", { name: words.outcomes, exact: true }));
    await expect(page.locator("h1")).toHaveText(words.outcomes);
    await choose(reader, "by", "field-land");
    const row = page.locator("main table.ledger tbody tr").filter({ hasText: words.land }).first();
    const shown = await row.locator(`td[data-label="${words.right}"]`).innerText();
    const year = await page.locator('select[name="period"]').inputValue().catch(() => "2025");

    const file = await request.get(
      `/api/v1/tables/outcomes.csv?by=field-land&period=${year}&lang=${language}`,
    );
    const line = (await file.text())
      .split("\n")
      .find((l) => l.includes("found_right") && l.includes(",land,"));
    expect(line?.split(","), "the file says the same").toContain(shown.replace(/\D/g, ""));
  });

  test(`${language}: two areas side by side, with rates and their counts`, async ({
    page,
    open,
    hand,
    javaScriptEnabled,
    byKeyboard,
  }) => {
    const reader = { page, hand, byButton: byKeyboard || !javaScriptEnabled };
    await open(`${tables}/timeliness`);
    await hand.press(page.getByRole("link", { name: words.explore }));
    await expect(page).toHaveURL((url) => url.searchParams.get("table") === "timeliness");
    await expect(page.locator('select[name="table"]')).toHaveValue("timeliness");
    await choose(reader, "by", "period");
    await choose(reader, "item", "on_time_of_settled");
    await choose(reader, "area", "R-mountain");
    await choose(reader, "with", "area-R-coast");
    const heads = page.locator("main table.ledger thead th");
    await expect(heads.filter({ hasText: words.difference })).toHaveCount(1);
    const cell = page.locator("main table.ledger tbody td").first();
    await expect(cell).toContainText("%");
    await expect(cell.locator("small")).toHaveText(/^[\d.,]+\/[\d.,]+$/);
    await expect(page.locator("main figure svg:visible text.event").first()).toBeVisible();
  });

  test(`${language}: a series runs across the end of the districts`, async ({ page, open, hand }) => {
    await open(home);
    await hand.press(page.getByRole("navigation").getByRole("link", { name: words.areas }));
    await hand.press(page.locator("main").getByRole("link", { name: words.district, exact: true }).first());
    await hand.press(
      page
        .locator("section", { has: page.locator("#table-case-flow-area") })
        .getByRole("link", { name: words.series }),
    );
    await expect(page).toHaveURL((url) => url.searchParams.get("area") === "D384");
    await expect(
      page.locator("main svg:visible text.event").filter({ hasText: words.event }),
    ).toBeVisible();
    const years = page.locator("main table.ledger tbody th");
    await expect(years.filter({ hasText: "2023" }).first()).toBeVisible();
    await expect(years.filter({ hasText: "2026" }).first()).toBeVisible();
  });

  test(`${language}: who lands on a withheld figure learns why`, async ({ page, open, hand }) => {
    await open(`${tables}/referral-answers`);
    await expect(page.locator("main table.ledger .mark").filter({ hasText: "x" }).first()).toBeVisible();
    await hand.press(page.getByRole("link", { name: words.why, exact: true }).first());
    await expect(page).toHaveURL(/#withheld$/);
    await expect(page.locator("#withheld")).toBeInViewport();

    // The figure itself has a page, which says so too, and from there again why.
    await open(`${tables}/referral-answers`);
    await hand.press(page.locator("main table.ledger td > a").filter({ has: page.locator(".mark") }).first());
    await expect(page.locator(".value")).toContainText("x");
    await expect(page.getByText(words.cannot)).toBeVisible();
    await hand.press(page.getByRole("main").getByRole("link", { name: words.why, exact: true }));
    await expect(page).toHaveURL(/#withheld$/);
  });

  test(`${language}: every chart leads to its figures as text`, async ({ page, open, hand }) => {
    test.setTimeout(240_000);
    // Drawings on these pages explain; they show no figures that are published nowhere else.
    const about = ["/vi/phuong-phap", "/en/methods", "/vi/he-thong-thiet-ke", "/en/design-system"];
    const pages = sitePages().filter((p) => localeOf(p.path) === language && !about.includes(p.path));
    for (const { path, example } of pages) {
      await open(example);
      // Where a caption leads to a table, it is followed as well.
      const captions = await page.locator("main figure figcaption a").evaluateAll((all) =>
        all.map((a) => a.getAttribute("href") ?? ""),
      );
      const elsewhere = new Set(captions.filter((href) => withFigures.test(href)));
      const charts = await page.locator("main svg[role='img']:visible").all();
      if (path === home) {
        expect(charts.length).toBeGreaterThan(2);
        expect(captions.length).toBeGreaterThan(3);
      }
      for (const chart of charts) {
        const name = (await chart.getAttribute("aria-label")) ?? "";
        expect(name, example).toMatch(/\S/);
        const around = chart.locator("xpath=ancestor::section[1]");
        if ((await around.locator("table, dl").count()) > 0) continue;
        // The page of a table, a place, a body or a field: not one that explains.
        const links = await around.locator("figcaption a, li a").evaluateAll((all) =>
          all.map((a) => a.getAttribute("href") ?? ""),
        );
        const twin = links.find((href) => withFigures.test(href));
        expect(twin, `${example}: ${name}`).toBeDefined();
        elsewhere.add(twin ?? "");
      }
      for (const address of elsewhere) {
        await open(example);
        await hand.press(page.locator(`main a[href="${address}"]:visible`).first());
        await expect(page).toHaveURL((url) => url.pathname === new URL(address, url).pathname);
        await expect(page.locator("main table tbody tr").first(), address).toBeVisible();
      }
    }
  });

  test(`${language}: a figure in a table leads to its own page, to be cited and checked`, async ({
    page,
    open,
    hand,
    request,
  }) => {
    await open(`${tables}/case-flow`);
    const figure = page.locator("main figure table.ledger tbody td > a").nth(4);
    const value = (await figure.innerText()).trim();
    await hand.press(figure);
    await expect(page).toHaveURL(/\/(so-lieu|figures)\/[a-z2-7]{16}$/);
    await expect(page.locator(".value b")).toHaveText(value);
    await expect(page.locator(".state")).toContainText(words.current);
    for (const lang of ["vi", "en"]) {
      const cited = page.locator(`.cited[lang=${lang}]`);
      await expect(cited).toContainText(value.replace(".", lang === "vi" ? "." : ","));
      await expect(cited).toContainText(/https?:\/\/\S+\/[a-z2-7]{16}@\d{4}-Q\d\.1$/);
    }
    const proof = page.locator("a[href$='.proof.json']");
    const { evidence } = await (await request.get((await proof.getAttribute("href")) ?? "")).json();
    expect(evidence.line).toMatch(new RegExp(`\\|${value.replace(/\D/g, "")}$`));
    await expect(page.locator("#proof + .lead + .proof code").first()).toHaveText(evidence.line);
    // To the figure's other periods, and back to where it stands.
    await hand.press(page.locator("#counts ~ .small a"));
    await expect(page).toHaveURL((url) => url.searchParams.get("by") === "period");
    await expect(page.locator("main table.ledger tbody td > a").filter({ hasText: value }).first()).toBeVisible();
  });

  test(`${language}: the other language shows the same slice`, async ({ page, open, hand }) => {
    await open(`${tables}/case-flow-area?by=area-district&period=2025-Q4`);
    const figures = () => page.locator("main table.ledger tbody td").allInnerTexts();
    const digits = (texts: string[]) => texts.map((t) => t.replace(/[.,\s]/g, ""));
    await expect(page.locator("main table.ledger tbody td").first()).toBeVisible();
    const before = digits(await figures());
    await hand.press(page.getByRole("banner").getByRole("link", { name: words.other }));
    await expect(page.locator("html")).toHaveAttribute("lang", words.language);
    await expect(page).toHaveURL((url) => url.searchParams.get("period") === "2025-Q4");
    await expect.poll(async () => (await figures()).length).toBe(before.length);
    const after = digits(await figures());
    expect(after.filter((t) => /^\d+$/.test(t))).toEqual(before.filter((t) => /^\d+$/.test(t)));
  });

  test(`${language}: Back and Forward go through the filters chosen`, async ({
    page,
    open,
    hand,
    javaScriptEnabled,
    byKeyboard,
  }) => {
    const reader = { page, hand, byButton: byKeyboard || !javaScriptEnabled };
    await open(`${tables}/case-flow-area`);
    const period = page.locator('main .filters select[name="period"]');
    const first = page.locator("main table.ledger tbody td").first();
    await choose(reader, "period", "2025-Q4");
    const then = await first.innerText();
    await choose(reader, "period", "2024-Q4");
    await expect(first).not.toHaveText(then);
    // Without scripts a browser may leave in a form what the reader had put there; the figures and
    // the address are those of the page.
    await page.goBack();
    await expect(page).toHaveURL((url) => url.searchParams.get("period") === "2025-Q4");
    await expect(first).toHaveText(then);
    if (javaScriptEnabled) await expect(period).toHaveValue("2025-Q4");
    await page.goForward();
    await expect(page).toHaveURL((url) => url.searchParams.get("period") === "2024-Q4");
    await expect(first).not.toHaveText(then);
    if (javaScriptEnabled) await expect(period).toHaveValue("2024-Q4");
  });

  test(`${language}: an area's page on paper says where it comes from`, async ({ page, open }) => {
    await open(`${areas}/D384`);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator(".paper")).toBeVisible();
    await expect(page.locator(".paper")).toContainText("D384");
    await expect(page.getByRole("navigation")).toBeHidden();
  });

  test(`${language}: which bodies have most referred matters unanswered past the limit`, async ({
    page,
    open,
    hand,
    request,
    javaScriptEnabled,
    byKeyboard,
  }) => {
    const reader = { page, hand, byButton: byKeyboard || !javaScriptEnabled };
    await open(home);
    await hand.press(page.getByRole("navigation").getByRole("link", { name: words.tables }));
    await hand.press(page.locator("main").getByRole("link", { name: words.answers, exact: true }));
    await expect(page.locator("h1")).toHaveText(words.answers);
    await choose(reader, "by", "body-class");
    const row = page.locator("main table.ledger").first().locator("tbody tr:not(.whole)");
    const shown = async (label: string) =>
      (await row.locator(`td[data-label="${label}"]`).allInnerTexts()).map((text) => Number(text.replace(/\D/g, "")));
    const signed = async (release: string, period: string) => {
      const file = await request.get(`/api/v1/releases/${release}/tables/referral-answers.csv`);
      return (await file.text()).split("\n").filter((line) => line.startsWith(`${period},`));
    };
    const year = await signed("2025-Q4.1", "2025");
    const counts = (item: string) =>
      year
        .filter((line) => line.includes(",B-") && line.includes(`,${item},`))
        .map((line) => Number(line.split(",").at(-2)));
    // The signed file says the same, of those who are overdue and of those who answered in time.
    expect(await shown(words.overdue)).toEqual(counts("answer_overdue"));
    expect(await shown(words.answered)).toEqual(counts("answered_in_time"));
    expect(Math.max(...(await shown(words.overdue)))).toBeGreaterThan(0);

    // And of what the Front and its members transferred: up to a quarter, and by year in full.
    await choose(reader, "by", "referrer-group");
    const ofFronts = async (lines: string[], items: string[]) => {
      for (const item of items) {
        const line = lines.find((line) => line.includes(`,all,fronts,${item},`)) ?? "";
        expect(Number(line.split(",").at(-2)), item).toBeGreaterThan(0);
        const cell = row.first().locator(`td[data-item="${item}"]`);
        await expect(cell, item).toHaveText(new RegExp(`^\\s*${line.split(",").at(-2)}\\s*$`));
      }
    };
    await choose(reader, "period", "2025-9M");
    const known = ["answer_required", "answered_in_time", "answer_not_in_time"];
    await ofFronts(await signed("2025-Q3.1", "2025-9M"), known);
    await choose(reader, "period", "2025");
    await ofFronts(year, [...known, "answered_late", "answer_overdue"]);
  });

  test(`${language}: how much of what settlements ordered has been carried out, and were dialogues held`, async ({
    page,
    open,
    hand,
    request,
    javaScriptEnabled,
    byKeyboard,
  }) => {
    const reader = { page, hand, byButton: byKeyboard || !javaScriptEnabled };
    for (const [table, items] of [
      ["remedies", ["money_returned", "money_returned_done", "officials_disciplined_done"]],
      ["outcomes", ["settled_second", "dialogue_held", "dialogue_none"]],
    ] as const) {
      // By year alone: who reads quarters is offered years.
      await open(`${tables}/${table}`);
      await choose(reader, "each", "year");
      const file = await request.get(`/api/v1/releases/2025-Q4.1/tables/${table}.csv`);
      const lines = (await file.text()).split("\n").filter((line) => /^2025,(38,complaint,all,)?[a-z_]+,/.test(line));
      const newest = page.locator("main table.ledger").first().locator("tbody tr").first();
      for (const item of items) {
        const value = lines.find((line) => line.includes(`,${item},`))?.split(",").at(-2);
        expect(value, item).toMatch(/^\d+$/);
        expect((await newest.locator(`td[data-item="${item}"]`).innerText()).replace(/\D/g, ""), item).toBe(value);
      }
    }
  });

  test(`${language}: of what entered in a quarter, how much was settled after so many days`, async ({ page, open, hand }) => {
    await open(`${tables}/followed`);
    const section = page.locator("section[aria-labelledby='completion']");
    // The drawing says in words what the table under it says: the newest line by 30, 60, 90 and 180 days.
    const drawn = (await section.locator("svg[role='img']:visible").getAttribute("aria-label")) ?? "";
    const shares = (await section.locator("tbody tr").first().locator("td").allInnerTexts()).filter((s) => s.includes("%"));
    expect(shares).toHaveLength(4);
    for (const share of shares) expect(drawn).toContain(share.trim());
    await hand.press(section.locator("tbody tr").first().locator("td a").first());
    await expect(page).toHaveURL(/\/(so-lieu|figures)\/[a-z2-7]{16}$/);
  });

  test(`${language}: by which day has a complaint to be accepted, and which days count`, async ({ page, open, hand }) => {
    await open(home);
    await hand.press(page.getByRole("navigation").getByRole("link", { name: words.methods }));
    await hand.press(page.locator("main").getByRole("link", { name: words.allLimits }));
    await expect(page.locator("h1")).toHaveText(words.deadlines);
    await page.getByLabel(words.start, { exact: true }).fill("2026-08-21");
    await page.getByLabel(words.on, { exact: true }).fill("2026-09-01");
    await hand.press(page.getByRole("button", { name: words.ask }));
    const answer = page.locator("section.answer");
    await expect(answer.getByRole("heading")).toHaveText(words.due);
    await expect(answer).toContainText(words.left);
    await expect(answer).toContainText(words.article);
    // Every day from the start to the last is told: fourteen of them, seven counted.
    await expect(answer).toContainText(words.reason);
    await expect(answer.locator("tbody tr")).toHaveCount(8);
    await expect(page).toHaveURL((url) => url.searchParams.get("start") === "2026-08-21");
  });

  test(`${language}: did the chair of a commune keep the reception days`, async ({ page, open, hand, request }) => {
    await open(home);
    const form = page.getByRole("banner").locator("form");
    await hand.write(form.getByRole("searchbox"), "pu nhi");
    await hand.press(form.getByRole("button"));
    await hand.press(page.locator("main").getByRole("link", { name: words.committee, exact: true }).first());
    await expect(page.locator("h1")).toHaveText(words.committee);
    const code = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const table = page.locator("section", { has: page.locator("#table-reception-schedule") }).locator("table.ledger");
    const heads = (await table.locator("thead th").allInnerTexts()).map((text) => text.trim());
    const newest = table.locator("tbody tr").filter({ hasText: "2026" }).first();
    const shown = async (label: string) =>
      Number((await newest.locator("td").nth(heads.findIndex((h) => h.startsWith(label)) - 1).innerText()).trim());
    const file = await request.get("/api/v1/releases/2026-Q3.1/tables/reception-schedule.csv");
    const lines = (await file.text()).split("\n").filter((line) => line.startsWith(`2026-Q3,${code},`));
    const signed = (item: string) => Number(lines.find((line) => line.includes(`,${item},`))?.split(",").at(-2));
    expect(await shown(words.required)).toBe(signed("days_required"));
    expect(await shown(words.head)).toBe(signed("days_head"));
    // As many as the law requires: in June two weeks, in July and August two days each month.
    expect(signed("days_required")).toBeGreaterThanOrEqual(6);
  });

  test(`${language}: how do mountain districts compare on land cases, fairly`, async ({ page, open, hand, request }) => {
    await open(home);
    await hand.press(page.getByRole("navigation").getByRole("link", { name: words.supervision, exact: true }));
    await expect(page.locator("h1")).toHaveText(words.supervision);
    await hand.press(page.locator("main").getByRole("link", { name: words.compare, exact: true }).first());
    await expect(page.locator("h1")).toHaveText(words.compare);
    await ask({ page, hand }, "measure", "on-time-land", words.compareNow);
    const asked = page.locator("main form.ask");
    await expect(asked.locator('select[name="peers"]')).toHaveValue("R-mountain");
    await expect(asked.locator('select[name="period"]')).toHaveValue("2025");
    // The drawing, and every district in the order of the alphabet, none of them ranked.
    await expect(page.locator("main figure svg[role='img']:visible")).toHaveCount(1);
    const rows = page.locator("main table.ledger tbody tr");
    await expect(rows).toHaveCount(11);
    const names = await rows.locator("th a").allInnerTexts();
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, language)));
    // Parts and wholes are the signed figures; each share has its interval and stands to the common one.
    const file = await request.get("/api/v1/releases/2025-Q4.1/tables/timeliness.csv");
    const lines = (await file.text()).split("\n").filter((line) => /^2025,D\d+,/.test(line) && line.includes(",land,"));
    const signed = (item: string) =>
      lines.filter((line) => line.includes(`,${item},`)).map((line) => line.split(",").at(-2)).sort();
    for (const [label, item] of [
      [words.onTime, "settled_on_time"],
      [words.workload, "workload"],
    ] as const) {
      const shown = (await rows.locator(`td[data-label="${label}"]`).allInnerTexts()).map((text) => text.trim());
      for (const value of shown) expect(signed(item), item).toContain(value);
    }
    for (const standing of await rows.locator(`td[data-label="${words.standing}"]`).allInnerTexts()) {
      expect(standing).toMatch(words.allowed);
    }
    await expect(page.locator("main")).toContainText("Spiegelhalter");
  });

  test(`${language}: each number of the quarter's report is found again by its id`, async ({ page, open, hand }) => {
    await open(home);
    await hand.press(page.getByRole("navigation").getByRole("link", { name: words.supervision, exact: true }));
    await hand.press(page.locator("main").getByRole("link", { name: words.report, exact: true }).first());
    await expect(page.locator("h1")).toContainText(words.report);
    await ask({ page, hand }, "of", "area-R-mountain", words.showReport);
    // On paper the form is gone, the ids are there.
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("main form.ask")).toBeHidden();
    const lines = page.locator("main table.ledger tbody tr", { has: page.locator("a.id") });
    await expect(lines.first().locator("a.id")).toBeVisible();
    const printed = await lines.evaluateAll((rows) =>
      rows.map((row) => ({
        value: row.querySelector("td")?.textContent?.trim() ?? "",
        id: row.querySelector("a.id")?.textContent?.trim() ?? "",
      })),
    );
    expect(printed.length).toBeGreaterThan(20);
    await page.emulateMedia({ media: "screen" });
    // Typed from paper: every one names one figure, and some are looked at.
    expect(new Set(printed.map(({ id }) => id)).size).toBe(printed.length);
    for (const { value, id } of printed.filter((_, at) => at % 9 === 0)) {
      await open(`${home}/${language === "vi" ? "so-lieu" : "figures"}/${id}`);
      await expect(page.locator(".value")).toContainText(value);
    }
  });

  test(`${language}: what is not published in this way is told, with the nearest that is`, async ({
    page,
    open,
    hand,
  }) => {
    const explore = `${home}/${language === "vi" ? "kham-pha" : "explore"}`;
    await open(`${explore}?table=case-flow&by=area-region&kind=denunciation&period=2026-Q3`);
    const told = page.locator("section.unpublished");
    await expect(told.getByRole("heading")).toHaveText(words.notPublished);
    await hand.press(told.getByRole("listitem").getByRole("link").first());
    await expect(page).toHaveURL((url) => url.searchParams.get("kind") === "denunciation");
    await expect(page.locator("section.unpublished")).toHaveCount(0);
    await expect(page.locator("main table.ledger tbody tr").first()).toBeVisible();
  });
}
