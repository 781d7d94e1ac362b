/** Shows one of several articles, the last at first, and a slider to choose among them. */
export function leafThrough(articles: NodeListOf<HTMLElement>): void {
  if (articles.length < 2) return;
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.min = '0';
  slider.max = slider.value = String(articles.length - 1);
  slider.setAttribute('aria-label', 'Sample');
  const show = () => {
    for (const [i, article] of articles.entries()) article.hidden = i !== slider.valueAsNumber;
    slider.setAttribute('aria-valuetext', articles[slider.valueAsNumber].querySelector('h3')!.textContent);
  };
  slider.addEventListener('input', show);
  articles[0].before(slider);
  show();
}
