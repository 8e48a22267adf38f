// Fetches the page again when the gateway says that something has changed, and replaces what differs. Everything works without it.
(() => {
  'use strict';
  const main = () => document.getElementById('content');
  const connection = document.getElementById('connection');
  const live = main().dataset.live && (location.pathname === '/tap' ? '/tap/events' : main().dataset.live);
  const fallback = 15000;
  const channel = live && globalThis.BroadcastChannel ? new BroadcastChannel(`slipway${live}`) : undefined;
  let instance = main().dataset.instance; // the gateway that made this page, or that the stream came from last
  let source, timer, clearing, busy, pending, waiting, release, isLost, isUnanswered;

  const say = (text, milliseconds) => {
    clearTimeout(clearing);
    connection.textContent = text;
    connection.hidden = !text;
    if (milliseconds) clearing = setTimeout(() => say(''), milliseconds);
  };

  // what somebody is using stays as it is
  const inUse = (old) => {
    const selection = getSelection();
    return (old.contains(document.activeElement) && document.activeElement.matches('input, select, textarea, button'))
      || (selection && !selection.isCollapsed && old.contains(selection.anchorNode))
      || old.querySelector('details[open]');
  };

  const replace = (into, from) => {
    const [old, fresh] = [[...into.children], [...from.children]];
    fresh.forEach((next, at) => {
      const last = old[at];
      if (!last) into.append(document.adoptNode(next));
      else if (last.outerHTML !== next.outerHTML && !inUse(last)) last.replaceWith(document.adoptNode(next));
    });
    old.slice(fresh.length).forEach((last) => last.remove());
  };

  const fetched = async (url) => {
    const answer = await fetch(url, { headers: { accept: 'text/html' }, redirect: 'error' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return { status: answer.status, page };
  };

  const refresh = async () => {
    if (busy) { pending = true; return; }
    busy = true;
    try {
      const { status, page } = await fetched(location.href);
      // a page that is gone, or a session that has expired, says so itself
      const next = page.getElementById('content');
      if (next) replace(main(), next);
      if (status === 401) stop();
      enhance();
      if (isUnanswered) say('');
      isUnanswered = false;
    } catch {
      isUnanswered = true;
      say('The gateway does not respond. What you see is what it said last; this page tries again.');
    } finally {
      busy = false;
      if (pending) { pending = false; refresh(); }
    }
  };

  // what the stream says, whichever page holds it
  const take = ({ kind, data }) => {
    if (document.hidden) return;
    if (kind === 'lost') {
      isLost = true;
      say('The connection to the gateway is lost. What you see is what it said last; this page reconnects.');
      return;
    }
    if (kind === 'hello') {
      clearInterval(timer);
      timer = undefined;
      if (instance !== data) say('The gateway was restarted, and this page is connected again.', 30000);
      else if (isLost) say('This page is connected again.', 30000);
      [instance, isLost, isUnanswered] = [data, false, false];
    }
    refresh(); // for hello too: something may have changed before the stream was open
  };

  const tell = (kind, data) => {
    channel?.postMessage({ kind, data });
    take({ kind, data });
  };

  const open = () => {
    source = new EventSource(live);
    source.addEventListener('hello', (event) => tell('hello', event.data));
    source.addEventListener('changed', () => tell('changed'));
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) { tell('lost'); return; } // the browser tries again by itself
      // refused, because too many pages are open
      stop();
      timer ??= setInterval(refresh, fallback);
      setTimeout(start, 2 * fallback);
    };
  };

  const stop = () => {
    waiting?.abort();
    release?.();
    source?.close();
    clearInterval(timer);
    waiting = release = source = timer = undefined;
  };

  // a browser has few connections for one host: one of the pages that somebody sees holds the stream, and tells the others
  const start = () => {
    if (!live || waiting || source || document.hidden) return;
    if (!navigator.locks || !channel) { open(); return; }
    waiting = new AbortController();
    navigator.locks.request(`slipway${live}`, { signal: waiting.signal }, () => new Promise((done) => { release = done; open(); })).catch(() => {});
  };

  channel?.addEventListener('message', (event) => take(event.data));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) stop();
    else if (live) { start(); refresh(); }
  });

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button.copy');
    if (!button) return;
    const text = button.parentElement.querySelector('code').textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector('code'));
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });

  // a slider next to each number, and an answer that follows it
  const form = document.getElementById('ask');
  const ask = async () => {
    if (busy) { pending = true; return; }
    busy = true;
    try {
      const { page } = await fetched(`${form.action}?${new URLSearchParams([...new FormData(form)])}`);
      for (const id of ['answer', 'code']) {
        const [old, next] = [document.getElementById(id), page.getElementById(id)];
        if (old && next) old.replaceChildren(...[...next.childNodes].map((node) => document.adoptNode(node)));
      }
      say('');
      enhance();
    } catch {
      say('The gateway does not respond. The answers are those to the values before.');
    } finally {
      busy = false;
      if (pending) { pending = false; ask(); }
    }
  };

  const sliders = () => {
    for (const input of form.querySelectorAll('input[data-min][data-max]')) {
      const slider = document.createElement('input');
      const [low, high] = [Number(input.dataset.min), Number(input.dataset.max)];
      if (!(high > low)) continue;
      Object.assign(slider, { type: 'range', min: low, max: high, step: 'any', value: input.value || (low + high) / 2 });
      slider.setAttribute('aria-label', `${form.querySelector(`label[for="${input.id}"]`).textContent}, slider`);
      slider.addEventListener('input', () => {
        input.value = Number(Number(slider.value).toPrecision(4));
        ask();
      });
      input.addEventListener('input', () => { if (input.value) slider.value = input.value; });
      input.after(slider);
    }
    form.addEventListener('change', ask);
    form.addEventListener('submit', (event) => { event.preventDefault(); ask(); });
  };

  const enhance = () => {
    for (const button of document.querySelectorAll('button.copy[hidden]')) button.hidden = false;
  };

  if (form) sliders();
  enhance();
  start();
})();
