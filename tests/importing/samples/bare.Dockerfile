FROM debian:trixie
RUN apt-get update \
 && apt-get install -y r-base r-cran-ggplot2 python3-numpy
CMD ["R"]
