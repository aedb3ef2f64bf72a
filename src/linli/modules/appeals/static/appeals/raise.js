/* Speaks into the file field of the form, shows the photos that were chosen; without it the fields do the same. */
(() => {
  'use strict';
  document.querySelectorAll('[data-needs-script]').forEach((node) => { node.hidden = false; });
  const come = document.querySelector('form[data-go]');
  if (come) come.requestSubmit();

  const shown = document.querySelector('[data-previews]');
  const photos = document.querySelector('[data-photos]');
  if (photos && shown) photos.addEventListener('change', () => {
    shown.replaceChildren(...[...photos.files].slice(0, 6).map((file) => {
      const box = document.createElement('div');
      const image = document.createElement('img');
      box.className = 'photo';
      image.alt = file.name;
      image.src = URL.createObjectURL(file);
      image.onload = () => URL.revokeObjectURL(image.src);
      image.onerror = () => { image.remove(); box.textContent = file.name; };
      box.append(image);
      return box;
    }));
  });

  const voice = document.querySelector('[data-voice]');
  const able = voice && navigator.mediaDevices && window.MediaRecorder && window.DataTransfer;
  if (voice && !able) document.documentElement.classList.add('no-recorder');
  if (!able) return;
  const button = voice.querySelector('[data-record]');
  const says = voice.querySelector('[data-record-says]');
  const field = voice.querySelector('[data-record-file]');
  const player = voice.querySelector('[data-record-play]');
  const longest = 3 * 60 * 1000;
  let recorder = null;
  let timer = 0;
  const tell = (words) => { says.textContent = words; button.setAttribute('aria-label', words); };
  const kind = ['audio/webm', 'audio/mp4', 'audio/ogg'].find((type) => MediaRecorder.isTypeSupported(type)) || '';
  const keep = (chunks, type) => {
    const ending = { 'audio/webm': 'webm', 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' }[type.split(';')[0]] || 'webm';
    const sound = new File(chunks, 'voice.' + ending, { type: type.split(';')[0] });
    const files = new DataTransfer();
    files.items.add(sound);
    field.files = files.files;
    player.src = URL.createObjectURL(sound);
    player.hidden = false;
  };
  const stop = () => { if (recorder && recorder.state === 'recording') recorder.stop(); };
  const start = async () => {
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { tell(voice.dataset.sayDenied); document.documentElement.classList.add('no-recorder'); return; }
    const chunks = [];
    recorder = new MediaRecorder(stream, kind ? { mimeType: kind } : {});
    recorder.ondataavailable = (event) => { if (event.data.size) chunks.push(event.data); };
    recorder.onstop = () => {
      clearTimeout(timer);
      stream.getTracks().forEach((track) => track.stop());
      button.setAttribute('aria-pressed', 'false');
      keep(chunks, recorder.mimeType || kind);
      tell(voice.dataset.sayDone);
    };
    recorder.start();
    timer = setTimeout(stop, longest);
    button.setAttribute('aria-pressed', 'true');
    tell(voice.dataset.sayStop);
  };
  button.hidden = false;
  says.hidden = false;
  button.addEventListener('click', () => { if (recorder && recorder.state === 'recording') stop(); else start(); });
})();
