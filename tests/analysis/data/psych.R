# What psych::alpha says of scores.csv. Run: Rscript psych.R scores.csv
suppressMessages(library(psych))
d <- read.csv(commandArgs(trailingOnly = TRUE)[1])
a <- alpha(d, warnings = FALSE, check.keys = FALSE)
cat(sprintf("alpha %.10f\n", a$total$raw_alpha))
for (i in seq_len(nrow(a$item.stats))) {
  cat(sprintf("%s %.10f %.10f\n", rownames(a$item.stats)[i], a$item.stats$mean[i], a$item.stats$r.drop[i]))
}
