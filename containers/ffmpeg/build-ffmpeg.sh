#!/usr/bin/env bash
# Builds ffmpeg and ffprobe into PREFIX/bin: static, hardened, under LGPL 2.1 (no --enable-gpl, no
# --enable-nonfree), and with no more than probing and extracting frames need. Their licence goes to
# PREFIX/share/doc/ffmpeg.
#
# The source is Debian's package of an FFmpeg release, with Debian's security fixes: apt checks who signed
# it, and ffmpeg.sha256 that it is the version that was looked at. Runs on Debian 12, in a container or not:
#   containers/ffmpeg/build-ffmpeg.sh PREFIX
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: $0 PREFIX" >&2
  exit 2
fi
packages="build-essential ca-certificates dpkg-dev libssl-dev nasm pkg-config zlib1g-dev"
if ! dpkg --status $packages > /dev/null 2>&1; then
  echo "Building FFmpeg needs packages of Debian's: apt-get install $packages" >&2
  exit 2
fi
prefix=$(realpath --canonicalize-missing "$1")
checksums=$(dirname "$(realpath "$0")")/ffmpeg.sha256
dsc=$(grep --only-matching 'ffmpeg_.*\.dsc$' "$checksums")
version=${dsc#ffmpeg_}
version=${version%.dsc}

work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Lists of our own: the machine's need not name source packages, and stay as they are.
mkdir lists lists/partial
sed 's/^Types: .*/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > debian.sources
apt=(-qq -o Dir::Etc::SourceList="$work/debian.sources" -o Dir::Etc::SourceParts=/dev/null
  -o Dir::State::Lists="$work/lists" -o APT::Sandbox::User=)
apt-get "${apt[@]}" update
if ! apt-get "${apt[@]}" source --download-only "ffmpeg=7:$version"; then
  echo "Debian offers no FFmpeg $version any more. Read what its next version changes, write that version's" \
    "checksums into $checksums, and build again" >&2
  exit 1
fi
sha256sum --quiet --check "$checksums"
dpkg-source --no-check --extract "$dsc" source > extract.log
cd source

# Debian's own flags for hardened programs, and addresses that are random though the programs are static.
export DEB_BUILD_MAINT_OPTIONS=hardening=+bindnow
# The protocols are those of presigned URLs and of pipes. One demuxer: a playlist, or a list of files to
# join, that calls itself a video must not be able to have other files opened.
options=(
  --prefix="$prefix"
  --disable-everything --disable-autodetect --disable-doc --disable-debug --disable-ffplay
  --enable-static --disable-shared --pkg-config-flags=--static --enable-pic
  --extra-cflags="$(dpkg-buildflags --get CFLAGS) $(dpkg-buildflags --get CPPFLAGS) -fPIE"
  --extra-ldflags="$(dpkg-buildflags --get LDFLAGS) -static-pie"
  --enable-openssl --enable-zlib
  --enable-protocol=file,pipe,http,https,tcp,tls
  --enable-demuxer=mov
  --enable-decoder=h264,hevc,prores,mpeg4,mjpeg,png,vp9,dnxhd
  --enable-parser=h264,hevc,mpeg4video,mjpeg,png,vp9,dnxhd
  --enable-encoder=mjpeg
  --enable-muxer=mpjpeg,null
  --enable-filter=trim,select,showinfo,estdif,scale,format,transpose,hflip,vflip
)
if ! { ./configure "${options[@]}" && make --jobs="$(nproc)" ffmpeg ffprobe && make install-progs; } > ../build.log 2>&1
then
  tail -n 30 ../build.log >&2
  echo "FFmpeg $version could not be built: what its build said last is above" >&2
  exit 1
fi
install -D --mode=644 --target-directory="$prefix/share/doc/ffmpeg" LICENSE.md COPYING.LGPLv2.1
