/* Everything works without this file; it reads aloud, keeps drafts, and moves through the desk by keys. */
(() => {
  'use strict';
  const root = document.documentElement;
  const words = document.body.dataset;
  root.classList.add('has-script');

  // 听: read the nearest notice, row or card aloud; press again to stop.
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : null;
  if (!speech) document.querySelectorAll('[data-listen]').forEach((button) => { button.hidden = true; });

  const silence = () => {
    speech.cancel();
    document.querySelectorAll('[data-listen][aria-pressed="true"]').forEach((b) => b.setAttribute('aria-pressed', 'false'));
  };
  const textBeside = (button) => {
    const box = document.getElementById(button.dataset.listen) || button.closest('.notice, li, .card, section, main');
    const copy = box.cloneNode(true);
    copy.querySelectorAll('button, form, svg, script, .vh, [aria-hidden="true"]').forEach((node) => node.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-listen]');
    if (!button || !speech) return;
    const speaking = button.getAttribute('aria-pressed') === 'true';
    silence();
    if (speaking) return;
    const words = new SpeechSynthesisUtterance(textBeside(button));
    words.lang = root.lang;
    words.rate = root.dataset.mode ? 0.8 : 0.95;
    words.onend = () => button.setAttribute('aria-pressed', 'false');
    button.setAttribute('aria-pressed', 'true');
    speech.speak(words);
  });

  // 农历 beside the date, from the browser's own calendar.
  document.querySelectorAll('[data-lunar]').forEach((spot) => {
    try {
      const day = new Date(spot.dataset.lunar + 'T12:00:00+08:00');
      const told = new Intl.DateTimeFormat('zh-Hans-u-ca-chinese-nu-hanidec', { month: 'long', day: 'numeric', timeZone: 'Asia/Shanghai' });
      const part = Object.fromEntries(told.formatToParts(day).map((p) => [p.type, p.value]));
      const count = Number(new Intl.DateTimeFormat('en-u-ca-chinese', { day: 'numeric', timeZone: 'Asia/Shanghai' }).format(day));
      if (!part.month || !count) return;
      spot.textContent = ' · 农历' + part.month + lunarDay(count);
    } catch { spot.remove(); }
  });
  function lunarDay(n) {
    const digits = '十一二三四五六七八九';
    if (n === 20) return '二十';
    if (n === 30) return '三十';
    if (n <= 10) return '初' + (n === 10 ? '十' : digits[n]);
    return (n < 20 ? '十' : '廿') + digits[n % 10];
  }

  // Drafts: <form data-draft="name"> keeps its words on this device until they are sent.
  const keyOf = (form) => 'linli-draft:' + form.dataset.draft;
  const fieldsOf = (form) => [...form.elements].filter((f) =>
    f.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(f.type) && !f.hasAttribute('data-secret'));
  const save = (form) => {
    const kept = {};
    for (const field of fieldsOf(form)) {
      if (field.type === 'checkbox' || field.type === 'radio') {
        if (field.checked) (kept[field.name] ||= []).push(field.value);
      } else if (field.value) kept[field.name] = [field.value];
    }
    try { localStorage.setItem(keyOf(form), JSON.stringify(kept)); } catch { /* a full or closed store: the page still works */ }
  };
  const restore = (form) => {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(keyOf(form)) || 'null'); } catch { return; }
    if (!kept) return;
    let found = false;
    for (const field of fieldsOf(form)) {
      const values = kept[field.name] || [];
      if (field.type === 'checkbox' || field.type === 'radio') {
        if (values.includes(field.value) && !field.checked) { field.checked = true; found = true; }
      } else if (values[0] && !field.value) { field.value = values[0]; found = true; }
    }
    const banner = form.querySelector('[data-draft-restored]');
    if (found && banner) banner.hidden = false;
  };
  document.querySelectorAll('form[data-draft]').forEach((form) => {
    restore(form);
    let timer;
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => save(form), 400); });
    form.addEventListener('submit', () => save(form));
    window.addEventListener('pagehide', () => { if (timer) save(form); });
  });
  // The page that says “received” names the draft that may now be forgotten.
  document.querySelectorAll('[data-draft-sent]').forEach((mark) => {
    try { localStorage.removeItem('linli-draft:' + mark.dataset.draftSent); } catch { /* nothing was kept */ }
  });

  // A file field tells beside its button what was chosen, and how large it is.
  const sized = (bytes) => bytes < 1e6 ? Math.max(1, Math.round(bytes / 1000)) + ' KB' : (bytes / 1e6).toFixed(1) + ' MB';
  document.querySelectorAll('[data-file-says]').forEach((says) => {
    const input = says.parentElement.querySelector('input[type="file"]');
    const none = says.textContent;
    const tell = () => { says.textContent = [...input.files].map((file) => `${file.name} (${sized(file.size)})`).join(' · ') || none; };
    says.hidden = false;
    input.addEventListener('change', tell);
    tell();
  });

  // Offline: a banner that says the words are kept.
  const banner = document.querySelector('[data-offline]');
  const tellLine = () => { if (banner) banner.hidden = navigator.onLine; };
  window.addEventListener('online', tellLine);
  window.addEventListener('offline', tellLine);
  tellLine();

  // A form is sent once, however often it is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sending && !form.hasAttribute('hx-post')) { event.preventDefault(); return; }
    form.dataset.sending = 'yes';
    setTimeout(() => delete form.dataset.sending, 8000);
  });

  document.querySelectorAll('[data-print][data-needs-script]').forEach((button) => { button.hidden = false; });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-print]')) window.print();
  });

  // After a swap that replaced what had the focus, the new heading has it.
  document.addEventListener('htmx:afterSettle', (event) => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const heading = event.target.querySelector && event.target.querySelector('h1, h2, h3, .err');
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  });

  // Single keys, declared by the page: [data-key="n"] is pressed, [data-jobs] is walked. They can be switched off.
  const keysOff = () => words.keys === 'off';
  const typing = (target) => target.isContentEditable ||
    (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !['checkbox', 'radio'].includes(target.type));
  const board = document.querySelector('[data-jobs]');
  const tally = () => {
    const picked = board.querySelectorAll('[data-pick]:checked').length;
    document.querySelectorAll('[data-count]').forEach((spot) => { spot.textContent = picked; });
    document.querySelectorAll('[data-bulk]').forEach((bar) => { bar.hidden = picked === 0; });
  };
  if (board) { board.addEventListener('change', tally); tally(); }

  const walk = (step) => {
    const jobs = [...board.querySelectorAll('[data-job]')];
    if (!jobs.length) return;
    const here = jobs.findIndex((job) => job.classList.contains('cursor'));
    const next = Math.max(0, Math.min(jobs.length - 1, here + step));
    jobs.forEach((job) => job.classList.remove('cursor'));
    jobs[next].classList.add('cursor');
    jobs[next].querySelector('a')?.focus({ preventScroll: true });
    jobs[next].scrollIntoView({ block: 'nearest' });
  };
  const pick = () => {
    const box = board.querySelector('.cursor [data-pick]');
    if (box) { box.checked = !box.checked; tally(); }
  };
  const press = (key) => {
    const target = [...document.querySelectorAll('[data-key]')].find((node) => node.dataset.key === key);
    if (!target) return false;
    if (/^(INPUT|TEXTAREA)$/.test(target.tagName)) target.focus(); else target.click();
    return true;
  };
  document.addEventListener('keydown', (event) => {
    if (keysOff() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (board && key === 'j') walk(1);
    else if (board && key === 'k') walk(-1);
    else if (board && key === 'x') pick();
    else if (press(key)) event.preventDefault();
  });

  if ('serviceWorker' in navigator && words.worker) navigator.serviceWorker.register(words.worker).catch(() => {});
})();
