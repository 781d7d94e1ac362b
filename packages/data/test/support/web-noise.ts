import type { Random } from '@gpt-ts/core';

const PHRASES = [
  'Accept all cookies',
  'Manage preferences',
  'We use cookies to improve your experience.',
  'Sign in',
  'Sign up for our newsletter',
  'Share this on Facebook',
  'Home About Contact',
  'Privacy policy',
  'Terms of use',
  'All rights reserved.',
  'Read more',
  'Skip to content',
  'Related posts',
  'Leave a comment',
  'Next page',
  'Previous page',
  'Advertisement',
  'Subscribe now',
  'Follow us',
  'Search this site',
];

/** What stands around the text of a page. */
export function boilerplate(random: Random): string {
  return Array.from({ length: 12 }, () => random.pick(PHRASES)).join(' ');
}

/** The same words in any order. */
export function shuffledWords(text: string, random: Random): string {
  return random.shuffle(text.split(/\s+/)).join(' ');
}
