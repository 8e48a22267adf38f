// Does in a browser what the tests ask for, a line of JSON at a time, and answers each with a line of JSON.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const patience = 60000;
const problems = [];
let browser, context, page;

const watch = (opened) => {
  opened.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  opened.on('pageerror', (error) => problems.push(String(error)));
  return opened;
};

const commands = {
  // a window of its own, without the cookies of other windows
  async open({ width = 1280, height = 900, scheme = 'light', scripts = true }) {
    browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--renderer-process-limit=2'] });
    await context?.close();
    context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: scripts, reducedMotion: 'reduce' });
    context.setDefaultTimeout(patience);
    page = watch(await context.newPage());
  },
  // resizing keeps the session
  async look({ width, height = 900, scheme }) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
  },
  async go({ url }) {
    const answer = await page.goto(url, { waitUntil: 'load' });
    return answer.status();
  },
  async at({ url }) { await page.waitForURL(url); },
  async says({ text, or }) { await (or ? page.getByText(text).or(page.getByText(or)) : page.getByText(text)).first().waitFor(); },
  async text() { return await page.locator('main').innerText(); },
  async click({ selector }) { await page.locator(selector).first().click(); },
  async fill({ selector, text }) { await page.locator(selector).fill(text); },
  async slide({ selector, text }) {
    await page.locator(selector).evaluate((slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }, text);
  },
  async press({ text }) {
    await page.keyboard.press(text);
    return await page.evaluate(() => document.activeElement.textContent);
  },
  // as many more tabs, all of them in sight; they stay open until the next command that opens or closes some
  async tabs({ url, count }) {
    for (let i = 0; i < count; i++) await watch(await context.newPage()).goto(url, { waitUntil: 'domcontentloaded' });
  },
  async alone() { for (const other of context.pages()) if (other !== page) await other.close(); },
  async picture({ path }) { await page.screenshot({ path, fullPage: true }); },
  async sideways() { return await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth); },
  // through the debugger, so that the page's own policy stays in force
  async check() {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  },
  async problems() { return problems.splice(0); },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...asked } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: (await commands[command](asked)) ?? null }));
  } catch (error) {
    const seen = await page?.locator('body').innerText({ timeout: 1000 }).catch(String);
    console.log(JSON.stringify({ error: `${error}\nThe page at ${page?.url()} says: ${seen?.slice(0, 2000)}` }));
  }
}
await browser?.close();
