import type { BusinessType } from '../../../backend/modules/catalogue/contract.ts';

type Question = BusinessType['eligibility'][number];
type Option = Question['options'][number];

/** The guided questions of one type: where the visitor stands, what was answered, what follows. */
export class Check {
  readonly questions: readonly Question[];
  at = $state(0);
  answers = $state<Record<string, string>>({});

  constructor(type: BusinessType) {
    this.questions = type.eligibility;
  }

  get question(): Question | undefined {
    return this.questions[this.at];
  }

  chosen(question: Question): Option | undefined {
    return question.options.find((option) => option.value === this.answers[question.key]);
  }

  /** The first answer that does not let the visitor go on; the questions after it are not asked. */
  get stop(): Option | null {
    for (const question of this.questions.slice(0, this.at)) {
      const option = this.chosen(question);
      if (option && option.outcome !== 'continue') return option;
    }
    return null;
  }

  get finished(): boolean {
    return this.stop !== null || this.at >= this.questions.length;
  }

  /** What the application need not ask again. */
  get carried(): Record<string, string | boolean> {
    return Object.assign(
      {},
      ...this.questions.map((question) => this.chosen(question)?.carries ?? {}),
    ) as Record<string, string | boolean>;
  }

  next(): void {
    this.at += 1;
  }

  back(): void {
    this.at = Math.max(0, this.at - 1);
  }

  restart(): void {
    this.at = 0;
    this.answers = {};
  }
}
