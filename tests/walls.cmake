# geomatch_walls(PART OTHER...) tests, as walls/PART-OTHER, that a source of PART can't include a header of OTHER.
#
# The preprocessor sees what PART is built with. It has to find PART's own header, or the paths are wrong, and
# then miss OTHER's: the message names the header, so that nothing else can pass for it. It is run by itself and
# not through the build, which tests running side by side would have to take turns with.
function(geomatch_walls part)
  file(GLOB own CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/include"
       "${PROJECT_SOURCE_DIR}/include/geomatch/${part}/*.hpp")
  if(NOT own)
    return()
  endif()
  list(GET own 0 own)
  foreach(other IN LISTS ARGN)
    file(GLOB hidden CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/include"
         "${PROJECT_SOURCE_DIR}/include/geomatch/${other}/*.hpp")
    if(NOT hidden)
      continue()
    endif()
    list(GET hidden 0 hidden)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/walls/${part}-${other}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "#include <${own}>\n#include <${hidden}>\n")
    add_test(NAME walls/${part}-${other}
      COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -E -o /dev/null
        "-I$<JOIN:$<TARGET_PROPERTY:geomatch_${part},INCLUDE_DIRECTORIES>,;-I>" "${source}"
      COMMAND_EXPAND_LISTS)
    string(REPLACE "." "\\." message "${hidden}: No such file or directory")
    set_tests_properties(walls/${part}-${other} PROPERTIES
      PASS_REGULAR_EXPRESSION "${message}" ENVIRONMENT "LC_ALL=C" TIMEOUT 60 LABELS fast)
  endforeach()
endfunction()
