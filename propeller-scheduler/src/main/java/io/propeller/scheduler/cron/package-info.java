/** When recurring tasks are due: {@link io.propeller.scheduler.cron.CronSchedule}. */
@NullMarked
package io.propeller.scheduler.cron;

import org.jspecify.annotations.NullMarked;
